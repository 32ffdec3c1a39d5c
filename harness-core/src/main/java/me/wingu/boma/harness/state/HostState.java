package me.wingu.boma.harness.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import me.wingu.boma.harness.FileTrouble;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.nftables.Ruleset;
import org.apiguardian.api.API.Status;
import org.apiguardian.api.API;

/**
 * The whole state of one host, gathered by one remote execution.
 *
 * <p>A state is a value: it does not change when the host does. Ask {@link HostStateCollector} for a new one.
 *
 * <p>The plain getters throw a {@link HarnessException} when their subject is not known, so that a test on it fails
 * and says why; {@link #reading} tells the three cases apart.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class HostState {

    private final String host;
    private final Map<Subject<?>, Reading<?>> readings;
    private final Map<String, Duration> timings;
    private final Duration took;

    HostState(String host, Map<Subject<?>, Reading<?>> readings, Map<String, Duration> timings, Duration took) {
        this.host = host;
        this.readings = Map.copyOf(readings);
        this.timings = Map.copyOf(timings);
        this.took = took;
    }

    /**
     * Returns this state with what a newer reading of the same host knows: each subject that it was asked for.
     *
     * @param newer a later reading, of some subjects
     * @return a state that is called after the newer one; how long it took is told of the whole
     */
    public HostState updatedBy(HostState newer) {
        Map<Subject<?>, Reading<?>> both = new HashMap<>(readings);
        both.putAll(newer.readings);
        return new HostState(newer.host, both, timings, took);
    }

    /** Returns what the host is called in messages, with the moment: {@code askari after reboot 1}. */
    public String host() {
        return host;
    }

    /** Returns how long the execution took, as seen from this side. */
    public Duration took() {
        return took;
    }

    /** Returns how long each collector took on the host, to 10 ms. */
    public Map<String, Duration> timings() {
        return timings;
    }

    /** Returns the subject's value, or why it is not known. */
    @SuppressWarnings("unchecked") // The collector and the reader of saved states key each reading by its own subject.
    public <T> Reading<T> reading(Subject<T> subject) {
        Reading<?> reading = readings.get(subject);
        return reading == null ? new Reading.Missing<>(Reading.Why.NOT_ASKED, "") : (Reading<T>) reading;
    }

    /** Returns the subject's value, or throws a {@link HarnessException} that says why it is not known. */
    public <T> T get(Subject<T> subject) {
        return reading(subject).orThrow(subject.name() + " of " + host);
    }

    /** Returns the sockets. */
    public Sockets sockets() {
        return get(Subject.SOCKETS);
    }

    /** Returns the containers. */
    public Containers containers() {
        return get(Subject.CONTAINERS);
    }

    /** Returns the systemd units. */
    public Units units() {
        return get(Subject.UNITS);
    }

    /** Returns start order and times of the units that run. */
    public Startup startup() {
        return get(Subject.STARTUP);
    }

    /** Returns the boot. */
    public Boot boot() {
        return get(Subject.BOOT);
    }

    /** Returns users and groups, and what kind of password they have. */
    public Accounts accounts() {
        return get(Subject.ACCOUNTS);
    }

    /** Returns effective rights by sudo. */
    public SudoRights sudo() {
        return get(Subject.SUDO);
    }

    /** Returns the SSH daemon's effective configuration and the keys that let accounts in. */
    public SshdConfig sshd() {
        return get(Subject.SSHD);
    }

    /** Returns the packet filter as a model that can be asked. */
    public Ruleset nftables() {
        return get(Subject.NFTABLES);
    }

    /** Returns the packet filter that the next boot will load; one without tables when none is loaded at boot. */
    public Ruleset bootNftables() {
        return get(Subject.BOOT_NFTABLES);
    }

    /** Returns the packet filter as text. */
    public FirewallListing firewallListing() {
        return get(Subject.FIREWALL);
    }

    /** Returns interfaces, addresses, routes and routing rules. */
    public Network network() {
        return get(Subject.NETWORK);
    }

    /** Returns WireGuard interfaces and peers. */
    public WireGuard wireGuard() {
        return get(Subject.WIREGUARD);
    }

    /** Returns how names are resolved. */
    public Resolver resolver() {
        return get(Subject.RESOLVER);
    }

    /** Returns mounted file systems, how full they are, and swap. */
    public Mounts mounts() {
        return get(Subject.MOUNTS);
    }

    /** Returns the kernel's parameters. */
    public Sysctls sysctls() {
        return get(Subject.SYSCTLS);
    }

    /** Returns loaded kernel modules. */
    public KernelModules modules() {
        return get(Subject.MODULES);
    }

    /** Returns Debian's packages. */
    public Packages packages() {
        return get(Subject.PACKAGES);
    }

    /** Returns certificates in files. */
    public Certificates certificates() {
        return get(Subject.CERTIFICATES);
    }

    /** Returns what cron runs. */
    public CronJobs cron() {
        return get(Subject.CRON);
    }

    /** Returns processes. */
    public Processes processes() {
        return get(Subject.PROCESSES);
    }

    /** Returns warnings and errors of this boot. */
    public Journal journal() {
        return get(Subject.JOURNAL);
    }

    /** Returns the kernel's audit rules. */
    public AuditRules audit() {
        return get(Subject.AUDIT);
    }

    /** Returns where APT takes packages from. */
    public AptSources aptSources() {
        return get(Subject.APT_SOURCES);
    }

    /** Returns what APT does by itself. */
    public AptSettings aptSettings() {
        return get(Subject.APT_SETTINGS);
    }

    /** Returns the jails that fail2ban guards. */
    public Jails jails() {
        return get(Subject.JAILS);
    }

    /**
     * Returns the whole state as JSON, rulesets excepted: their text is the firewall listing. The shape is described in
     * docs/assertions.md.
     */
    public String toJson() {
        return StateJson.write(this);
    }

    /**
     * Reads a state that {@link #toJson()} wrote; its rulesets are {@link Reading.Why#NOT_ASKED}.
     *
     * @throws HarnessException of kind {@code USAGE} when the text is no such state
     */
    public static HostState parse(String json) {
        return StateJson.read(json, "a saved state");
    }

    /**
     * Reads a file of a state that {@link #toJson()} wrote.
     *
     * @throws HarnessException of kind {@code USAGE} when the file cannot be read, or is no such state
     */
    public static HostState read(Path file) {
        String name = "the state in " + file;
        try {
            return StateJson.read(Files.readString(file), name);
        } catch (IOException e) {
            throw StateJson.unreadable(name, FileTrouble.reason(e), e);
        }
    }

    @Override
    public String toString() {
        return "state of " + host;
    }
}
