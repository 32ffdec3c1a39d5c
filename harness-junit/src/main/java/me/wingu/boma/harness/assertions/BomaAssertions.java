package me.wingu.boma.harness.assertions;

import java.time.Duration;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.proof.Arrivals;
import me.wingu.boma.harness.nftables.proof.Firewall;
import me.wingu.boma.harness.probe.BootWindow;
import me.wingu.boma.harness.probe.DnsAnswer;
import me.wingu.boma.harness.probe.HttpAnswer;
import me.wingu.boma.harness.probe.Matrix;
import me.wingu.boma.harness.probe.Reach;
import me.wingu.boma.harness.probe.Service;
import me.wingu.boma.harness.probe.SshAnswer;
import me.wingu.boma.harness.probe.StunAnswer;
import me.wingu.boma.harness.probe.TlsAnswer;
import me.wingu.boma.harness.probe.TlsOffers;
import me.wingu.boma.harness.probe.WatchedBoot;
import me.wingu.boma.harness.state.Accounts;
import me.wingu.boma.harness.state.AptSettings;
import me.wingu.boma.harness.state.AptSources;
import me.wingu.boma.harness.state.AuditRules;
import me.wingu.boma.harness.state.Boot;
import me.wingu.boma.harness.state.Certificates;
import me.wingu.boma.harness.state.Containers;
import me.wingu.boma.harness.state.CronJobs;
import me.wingu.boma.harness.state.FileState;
import me.wingu.boma.harness.state.Jails;
import me.wingu.boma.harness.state.Journal;
import me.wingu.boma.harness.state.KernelModules;
import me.wingu.boma.harness.state.Mounts;
import me.wingu.boma.harness.state.Network;
import me.wingu.boma.harness.state.Packages;
import me.wingu.boma.harness.state.Processes;
import me.wingu.boma.harness.state.Resolver;
import me.wingu.boma.harness.state.Sockets;
import me.wingu.boma.harness.state.SshdConfig;
import me.wingu.boma.harness.state.Startup;
import me.wingu.boma.harness.state.SudoRights;
import me.wingu.boma.harness.state.Sysctls;
import me.wingu.boma.harness.state.Units;
import me.wingu.boma.harness.state.WireGuard;
import me.wingu.boma.harness.state.access.AccessVerdict;
import me.wingu.boma.harness.state.drift.Drift;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * The one static import of a host test: {@code assertThat} for everything that the harness reads from a host, and
 * everything that AssertJ itself offers.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class BomaAssertions extends Assertions {

    /** For extension only: users may add their own {@code assertThat} in a subclass. */
    protected BomaAssertions() {}

    /** Starts assertions on what a vantage found at one service of a host. */
    public static ReachAssert assertThat(Reach actual) {
        return new ReachAssert(actual);
    }

    /** Starts assertions on what a server presented in a TLS handshake. */
    public static TlsAssert assertThat(TlsAnswer actual) {
        return new TlsAssert(actual);
    }

    /** Starts assertions on the TLS versions and cipher suites that a server agrees to. */
    public static TlsOffersAssert assertThat(TlsOffers actual) {
        return new TlsOffersAssert(actual);
    }

    /** Starts assertions on what an HTTP server answered. */
    public static HttpAssert assertThat(HttpAnswer actual) {
        return new HttpAssert(actual);
    }

    /** Starts assertions on what a STUN server answered. */
    public static StunAssert assertThat(StunAnswer actual) {
        return new StunAssert(actual);
    }

    /** Starts assertions on what a DNS server answered. */
    public static DnsAssert assertThat(DnsAnswer actual) {
        return new DnsAssert(actual);
    }

    /** Starts assertions on how an SSH server met who asked. */
    public static SshAssert assertThat(SshAnswer actual) {
        return new SshAssert(actual);
    }

    /** Starts assertions on what several vantages found at several services of a host. */
    public static MatrixAssert assertThat(Matrix actual) {
        return new MatrixAssert(actual);
    }

    /** Starts assertions on the sockets of a host. */
    public static SocketsAssert assertThat(Sockets actual) {
        return new SocketsAssert(actual);
    }

    /** Starts assertions on the containers of a host. */
    public static ContainersAssert assertThat(Containers actual) {
        return new ContainersAssert(actual);
    }

    /** Starts assertions on whether the operator can get in. */
    public static AccessAssert assertThat(AccessVerdict actual) {
        return new AccessAssert(actual);
    }

    /** Starts assertions on the systemd units of a host. */
    public static UnitsAssert assertThat(Units actual) {
        return new UnitsAssert(actual);
    }

    /** Starts assertions on how the units of a host came up. */
    public static StartupAssert assertThat(Startup actual) {
        return new StartupAssert(actual);
    }

    /** Starts assertions on what a host lost, gained or changed. */
    public static DriftAssert assertThat(Drift actual) {
        return new DriftAssert(actual);
    }

    /** Starts assertions on one file of a host. */
    public static FileAssert assertThat(FileState actual) {
        return new FileAssert(actual);
    }

    /** Starts assertions on the users and groups of a host. */
    public static AccountsAssert assertThat(Accounts actual) {
        return new AccountsAssert(actual);
    }

    /** Starts assertions on what accounts may do through sudo. */
    public static SudoAssert assertThat(SudoRights actual) {
        return new SudoAssert(actual);
    }

    /** Starts assertions on the SSH daemon's configuration. */
    public static SshdAssert assertThat(SshdConfig actual) {
        return new SshdAssert(actual);
    }

    /** Starts assertions on kernel parameters. */
    public static SysctlsAssert assertThat(Sysctls actual) {
        return new SysctlsAssert(actual);
    }

    /** Starts assertions on mounted file systems. */
    public static MountsAssert assertThat(Mounts actual) {
        return new MountsAssert(actual);
    }

    /** Starts assertions on interfaces, addresses and routes. */
    public static NetworkAssert assertThat(Network actual) {
        return new NetworkAssert(actual);
    }

    /** Starts assertions on Debian's packages. */
    public static PackagesAssert assertThat(Packages actual) {
        return new PackagesAssert(actual);
    }

    /** Starts assertions on the boot that a host is in. */
    public static BootAssert assertThat(Boot actual) {
        return new BootAssert(actual);
    }

    /** Starts assertions on the warnings and errors of a boot. */
    public static JournalAssert assertThat(Journal actual) {
        return new JournalAssert(actual);
    }

    /** Starts assertions on how a host finds addresses for names. */
    public static ResolverAssert assertThat(Resolver actual) {
        return new ResolverAssert(actual);
    }

    /** Starts assertions on certificates in files of a host. */
    public static CertificatesAssert assertThat(Certificates actual) {
        return new CertificatesAssert(actual);
    }

    /** Starts assertions on WireGuard. */
    public static WireGuardAssert assertThat(WireGuard actual) {
        return new WireGuardAssert(actual);
    }

    /** Starts assertions on the processes of a host. */
    public static ProcessesAssert assertThat(Processes actual) {
        return new ProcessesAssert(actual);
    }

    /** Starts assertions on what cron runs. */
    public static CronAssert assertThat(CronJobs actual) {
        return new CronAssert(actual);
    }

    /** Starts assertions on loaded kernel modules. */
    public static ModulesAssert assertThat(KernelModules actual) {
        return new ModulesAssert(actual);
    }

    /** Starts assertions on the kernel's audit rules. */
    public static AuditAssert assertThat(AuditRules actual) {
        return new AuditAssert(actual);
    }

    /** Starts assertions on where APT takes packages from. */
    public static AptSourcesAssert assertThat(AptSources actual) {
        return new AptSourcesAssert(actual);
    }

    /** Starts assertions on what APT does by itself. */
    public static AptSettingsAssert assertThat(AptSettings actual) {
        return new AptSettingsAssert(actual);
    }

    /** Starts assertions on what fail2ban guards. */
    public static JailsAssert assertThat(Jails actual) {
        return new JailsAssert(actual);
    }

    /** Starts assertions on a command that a test ran on a host. */
    public static CommandAssert assertThat(CommandResult actual) {
        return new CommandAssert(actual);
    }

    /** Starts assertions on what could be reached of a host, and when, while it booted. */
    public static BootWindowAssert assertThat(BootWindow actual) {
        return new BootWindowAssert(actual);
    }

    /** Starts assertions on one boot as all vantages saw it from outside. */
    public static WatchedBootAssert assertThat(WatchedBoot actual) {
        return new WatchedBootAssert(actual);
    }

    /** Returns a TCP port, 1 to 65535, to probe or to prove something of. */
    public static Door tcp(int port) {
        return new Door(Service.tcp(port));
    }

    /** Returns a UDP port, 1 to 65535, to probe or to prove something of. */
    public static Door udp(int port) {
        return new Door(Service.udp(port));
    }

    /** Returns the answering of pings, to probe or to prove something of. */
    public static Door ping() {
        return new Door(Service.ping());
    }

    /**
     * Starts the description of where packets come from, for a proof.
     *
     * @param networks interfaces, {@code wan}, addresses and prefixes
     */
    public static Arrivals from(String... networks) {
        return Arrivals.from(networks);
    }

    /**
     * Repeats an assertion, and everything that it reads, until it passes.
     *
     * <pre>{@code
     * eventually(ofSeconds(60), () -> assertThat(vm.reach(tcp(443)).from("stranger")).isOpen());
     * }</pre>
     *
     * @param within how long it may take
     * @param assertion what must pass in the end; it must read anew what it asserts
     * @throws AssertionError when it has not passed in time; the message tells the last failure
     */
    public static void eventually(Duration within, ThrowingCallable assertion) {
        Eventually.passes(within, assertion);
    }

    /** Starts assertions on a host's firewall. */
    public static FirewallAssert assertThat(Firewall actual) {
        return new FirewallAssert(actual);
    }

    /** Starts assertions on the firewall of a host of which only the ruleset is known. */
    public static FirewallAssert assertThat(Ruleset actual) {
        return new FirewallAssert(Firewall.of(actual));
    }
}
