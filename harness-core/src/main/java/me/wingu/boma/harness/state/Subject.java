package me.wingu.boma.harness.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import me.wingu.boma.harness.nftables.Ruleset;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Something that can be read from a host: a name for people, the collectors that gather it, and its type.
 *
 * @param <T> the type of its value
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Subject<T> {

    /** Sockets and who holds them. */
    public static final Subject<Sockets> SOCKETS =
            new Subject<>(Sockets.class, "sockets", SocketsReader::read, "sockets");

    /** Containers of Docker and Podman. */
    public static final Subject<Containers> CONTAINERS =
            new Subject<>(Containers.class, "containers", ContainersReader::read, "docker", "podman");

    /** Units: state, enablement, files and drop-ins. */
    public static final Subject<Units> UNITS =
            new Subject<>(Units.class, "units", UnitsReader::read, "units");

    /** Start order and times of what runs; timers; results. The slowest subject: systemd answers for each unit. */
    public static final Subject<Startup> STARTUP =
            new Subject<>(Startup.class, "start-up", StartupReader::read, "startup");

    /** The boot: identity, kernel, command line, uptime. */
    public static final Subject<Boot> BOOT =
            new Subject<>(Boot.class, "boot", BootReader::read, "boot");

    /** Users and groups, and what kind of password they have. */
    public static final Subject<Accounts> ACCOUNTS =
            new Subject<>(Accounts.class, "accounts", AccountsReader::read, "users");

    /** Effective rights by sudo. */
    public static final Subject<SudoRights> SUDO =
            new Subject<>(SudoRights.class, "sudo rights", SudoReader::read, "sudo");

    /** The SSH daemon's effective configuration and the keys that let accounts in. */
    public static final Subject<SshdConfig> SSHD =
            new Subject<>(SshdConfig.class, "sshd configuration", SshdReader::read, "sshd");

    /** The packet filter as a model that can be asked; rules of iptables-nft are translated where nft can. */
    public static final Subject<Ruleset> NFTABLES =
            new Subject<>(Ruleset.class, "ruleset", NftablesReader::collected, "firewall");

    /** The packet filter that the next boot will load: {@code /etc/nftables.conf}, or none. */
    public static final Subject<Ruleset> BOOT_NFTABLES =
            new Subject<>(Ruleset.class, "ruleset of the next boot", NftablesReader::listed, "nftboot");

    /** The packet filter as text. */
    public static final Subject<FirewallListing> FIREWALL =
            new Subject<>(FirewallListing.class, "firewall listing", FirewallListingReader::read, "nftables");

    /** Interfaces, addresses, routes and routing rules. */
    public static final Subject<Network> NETWORK =
            new Subject<>(Network.class, "network", NetworkReader::read, "network");

    /** WireGuard interfaces and peers. */
    public static final Subject<WireGuard> WIREGUARD =
            new Subject<>(WireGuard.class, "WireGuard peers", WireGuardReader::read, "wireguard");

    /** How names are resolved. */
    public static final Subject<Resolver> RESOLVER =
            new Subject<>(Resolver.class, "resolver answers", ResolverReader::read, "resolver");

    /** Mounted file systems, how full they are, and swap. */
    public static final Subject<Mounts> MOUNTS =
            new Subject<>(Mounts.class, "mounts", MountsReader::read, "mounts");

    /** The kernel's parameters. */
    public static final Subject<Sysctls> SYSCTLS =
            new Subject<>(Sysctls.class, "kernel parameters", SysctlsReader::read, "sysctls");

    /** Loaded kernel modules. */
    public static final Subject<KernelModules> MODULES =
            new Subject<>(KernelModules.class, "kernel modules", KernelModules::read, "modules");

    /** Debian's packages. */
    public static final Subject<Packages> PACKAGES =
            new Subject<>(Packages.class, "packages", PackagesReader::read, "packages");

    /** Certificates in files. */
    public static final Subject<Certificates> CERTIFICATES =
            new Subject<>(Certificates.class, "certificates", CertificatesReader::read, "certificates");

    /** What cron runs. */
    public static final Subject<CronJobs> CRON =
            new Subject<>(CronJobs.class, "cron jobs", CronReader::read, "cron");

    /** Processes. */
    public static final Subject<Processes> PROCESSES =
            new Subject<>(Processes.class, "processes", ProcessesReader::read, "processes");

    /** Warnings and errors of this boot. */
    public static final Subject<Journal> JOURNAL =
            new Subject<>(Journal.class, "journal", JournalReader::read, "journal");

    /** The kernel's audit rules. */
    public static final Subject<AuditRules> AUDIT =
            new Subject<>(AuditRules.class, "audit rules", AuditRules::read, "audit");

    /** Where APT takes packages from. */
    public static final Subject<AptSources> APT_SOURCES =
            new Subject<>(AptSources.class, "APT sources", AptSources::read, "apt");

    /** What APT does by itself. */
    public static final Subject<AptSettings> APT_SETTINGS =
            new Subject<>(AptSettings.class, "APT settings", AptSettings::read, "aptsettings");

    /** The jails of fail2ban. */
    public static final Subject<Jails> JAILS =
            new Subject<>(Jails.class, "fail2ban jails", Jails::read, "jails");

    private static final List<Subject<?>> ALL = List.of(
            STARTUP,
            JAILS,
            NFTABLES,
            CONTAINERS,
            SYSCTLS,
            PROCESSES,
            RESOLVER,
            SOCKETS,
            SUDO,
            SSHD,
            UNITS,
            APT_SOURCES,
            APT_SETTINGS,
            JOURNAL,
            PACKAGES,
            CERTIFICATES,
            FIREWALL,
            BOOT_NFTABLES,
            NETWORK,
            ACCOUNTS,
            MOUNTS,
            WIREGUARD,
            BOOT,
            CRON,
            MODULES,
            AUDIT);

    private final Class<T> type;
    private final String name;
    private final SectionReader<T> reader;
    private final List<String> collectors;

    private Subject(Class<T> type, String name, SectionReader<T> reader, String... collectors) {
        this.type = type;
        this.name = name;
        this.reader = reader;
        this.collectors = List.of(collectors);
    }

    /** Returns every subject, slow ones first: in this order their collectors start. */
    public static List<Subject<?>> all() {
        return ALL;
    }

    /** Returns the subject's name as messages use it. */
    public String name() {
        return name;
    }

    /** Returns the type of its value. */
    Class<T> type() {
        return type;
    }

    List<String> collectors() {
        return collectors;
    }

    Reading<T> read(String host, Map<String, Section> sections) {
        Map<String, String> text = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (String collector : collectors) {
            Section section = sections.get(collector);
            if (section == null) {
                return new Reading.Missing<>(Reading.Why.NOT_ASKED, "");
            }
            if (section.exitStatus() == Section.TOOL_MISSING) {
                missing.add(section.complaint());
            } else if (section.exitStatus() != 0) {
                return new Reading.Missing<>(Reading.Why.FAILED, section.complaintOrStatus());
            } else if (section.isTruncated()) {
                return new Reading.Missing<>(Reading.Why.FAILED, "more than " + Section.LIMIT + " bytes of output");
            } else {
                text.put(collector, section.text());
            }
        }
        if (text.isEmpty()) {
            return new Reading.Missing<>(Reading.Why.NOT_PRESENT, String.join(", ", missing));
        }
        try {
            return new Reading.Known<>(reader.read(host, text));
        } catch (SectionReader.Unreadable e) {
            return new Reading.Missing<>(Reading.Why.FAILED, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) { // no number where one was, a line too short
            return new Reading.Missing<>(Reading.Why.FAILED, "its output is not what was expected: " + e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
