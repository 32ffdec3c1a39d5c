package me.wingu.boma.harness.rehearsal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.fault.Faults;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.guest.Shell;
import me.wingu.boma.harness.nftables.NftablesException;
import me.wingu.boma.harness.nftables.collection.CollectedFirewall;
import me.wingu.boma.harness.nftables.collection.Collector;
import me.wingu.boma.harness.nftables.proof.Firewall;
import me.wingu.boma.harness.probe.Commands;
import me.wingu.boma.harness.probe.HttpAnswer;
import me.wingu.boma.harness.probe.Outside;
import me.wingu.boma.harness.probe.Patience;
import me.wingu.boma.harness.probe.Probe;
import me.wingu.boma.harness.probe.Reach;
import me.wingu.boma.harness.probe.Reachable;
import me.wingu.boma.harness.probe.TlsAnswer;
import me.wingu.boma.harness.probe.TlsOffers;
import me.wingu.boma.harness.probe.Vantage;
import me.wingu.boma.harness.probe.WatchedBoot;
import me.wingu.boma.harness.state.Accounts;
import me.wingu.boma.harness.state.Container;
import me.wingu.boma.harness.state.Containers;
import me.wingu.boma.harness.state.FileState;
import me.wingu.boma.harness.state.HostFiles;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Sockets;
import me.wingu.boma.harness.state.SshdConfig;
import me.wingu.boma.harness.state.Subject;
import me.wingu.boma.harness.state.SudoRights;
import me.wingu.boma.harness.state.Sysctls;
import me.wingu.boma.harness.state.Units;
import me.wingu.boma.harness.state.drift.Drift;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** What a test holds of a rehearsed host. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Vm {

    private final Rehearsal rehearsal;
    private Optional<Outside> outside = Optional.empty();
    /** The guest that is seen from outside. */
    private Optional<GuestMachine> seen = Optional.empty();

    Vm(Rehearsal rehearsal) {
        this.rehearsal = rehearsal;
    }

    /** Asks each time: a guest that went on from a checkpoint is another one, though it is the same host. */
    private GuestMachine guest() {
        return rehearsal.machine();
    }

    /** Returns the host's name. */
    public String host() {
        return rehearsal.plan().profile().host();
    }

    /** Returns the scenario that is rehearsed; empty for the host as it should be. */
    public Optional<String> scenario() {
        return rehearsal.plan().scenario().map(s -> s.name());
    }

    /** Returns the guest's IPv4 address on the isolated network. */
    public String address() {
        return guest().shell().endpoint().address();
    }

    /**
     * Returns the source address of a vantage.
     *
     * @param vantage a name from the profile
     * @throws HarnessException when the profile has no such vantage
     */
    public String address(String vantage) {
        return rehearsal.plan().profile().vantage(vantage).orElseThrow(() -> new HarnessException(
                HarnessException.Kind.USAGE,
                "Host " + host() + " has no vantage \"" + vantage + "\".",
                "vantages: " + rehearsal.plan().profile().vantages(),
                "name one of these, or add it to \"vantages\" in the profile"));
    }

    /**
     * Returns the host's state, read as a whole. Tests share a reading until something is done to the guest: a command by
     * {@link #shell()}, {@link #start}, a fault, a reboot. What changes by itself is asked for inside
     * {@code eventually(...)}, after {@link #refresh(Subject, Subject...)}.
     *
     * @throws HarnessException when the guest cannot be reached
     */
    public HostState state() {
        return rehearsal.known().state(rehearsal::readState);
    }

    /** Forgets what was read; the next question reads the whole state anew, and the firewall. */
    public Vm refresh() {
        rehearsal.known().forget();
        return this;
    }

    /**
     * Reads some subjects anew, and the firewall when it is asked for; the rest stays as it was read. For what is asked again
     * and again: {@code eventually(..., () -> assertThat(vm.refresh(CONTAINERS).containers()).named("web").isHealthy())}
     * tries several times while the whole state is read once.
     *
     * @param subject what to read
     * @param more what else
     * @throws HarnessException when the guest cannot be reached
     */
    public Vm refresh(Subject<?> subject, Subject<?>... more) {
        List<Subject<?>> subjects = Stream.concat(Stream.of(subject), Arrays.stream(more)).toList();
        rehearsal.known().update(() -> rehearsal.readState(subjects));
        return this;
    }

    /**
     * Returns the firewall, ready to be asked and proved; shared as {@link #state()} is.
     *
     * @throws HarnessException when it cannot be read
     */
    public Firewall nftables() {
        return rehearsal.known().firewall(this::readFirewall);
    }

    /**
     * Returns the firewall that the next boot will load: {@code /etc/nftables.conf}, when nftables.service is enabled, on the
     * interfaces, addresses and routes of now. What other programs add to it later, such as Docker, is not in it.
     *
     * @throws HarnessException when the guest cannot be reached, or that file does not load
     */
    public Firewall nftablesOfTheNextBoot() {
        return new Firewall(state().bootNftables(), nftables().network());
    }

    private Firewall readFirewall() {
        CommandResult output = guest().shell().run(new Collector().script(), patience(Duration.ofSeconds(30)));
        try {
            CollectedFirewall collected = new Collector().read(output.stdout());
            collected.warnings().forEach(rehearsal.lab().progress()::said);
            return new Firewall(collected.ruleset(), collected.network());
        } catch (NftablesException e) {
            throw new HarnessException(
                    HarnessException.Kind.STEP,
                    "Reading the firewall of " + host() + " failed.",
                    e.getMessage() + "\n" + output.stderr(),
                    "check that nftables and iproute2 are installed in the guest",
                    e);
        }
    }

    /** Returns the listening and connected sockets. */
    public Sockets sockets() {
        return state().sockets();
    }

    /** Returns the containers of Docker and Podman. */
    public Containers containers() {
        return state().containers();
    }

    /** Returns systemd's units. */
    public Units units() {
        return state().units();
    }

    /** Returns the effective configuration of the SSH server. */
    public SshdConfig sshd() {
        return state().sshd();
    }

    /** Returns the parameters of the running kernel. */
    public Sysctls sysctls() {
        return state().sysctls();
    }

    /** Returns the users and groups. */
    public Accounts accounts() {
        return state().accounts();
    }

    /** Returns who may become whom by sudo, as sudo itself says. */
    public SudoRights sudo() {
        return state().sudo();
    }

    /**
     * Returns what the last reboot changed.
     *
     * @throws HarnessException when this run made no reboot
     */
    public Drift drift() {
        return rehearsal.drift();
    }

    /**
     * Returns what all vantages saw of the last boot: when each port answered again, and what was reachable before the
     * firewall.
     *
     * @throws HarnessException when there was no reboot in this process, or there was nothing to watch
     */
    public WatchedBoot watchedBoot() {
        return rehearsal.watchedBoot();
    }

    /** Returns the host as it is seen from outside, over IPv4 and IPv6, from the profile's vantages. */
    public synchronized Outside outside() {
        GuestMachine now = guest();
        if (outside.isEmpty() || seen.filter(now::equals).isEmpty()) {
            outside = Optional.of(rehearsal.outside());
            seen = Optional.of(now);
        }
        return outside.get();
    }

    /**
     * Asks whether a service can be reached: {@code vm.reach(tcp(443)).from("stranger")}.
     *
     * @param target the service
     */
    public Probe<Reach> reach(Reachable target) {
        return outside().reach(target);
    }

    /**
     * Asks what the HTTPS server on port 443 presents.
     *
     * @param serverName the name asked for by SNI
     */
    public Probe<TlsAnswer> tls(String serverName) {
        return outside().tls(serverName);
    }

    /**
     * Asks which TLS versions and cipher suites the HTTPS server on port 443 agrees to. That takes a connection for each.
     *
     * @param serverName the name asked for by SNI
     */
    public Probe<TlsOffers> tlsOffers(String serverName) {
        return outside().tlsOffers(serverName);
    }

    /**
     * Asks an HTTP server of the host for a URL, whatever the URL's name resolves to.
     *
     * @param url an absolute {@code http} or {@code https} URL
     */
    public Probe<HttpAnswer> http(String url) {
        return outside().http(url);
    }

    /**
     * Returns one file of the guest, with the first 64 KiB of what it holds.
     *
     * @param path an absolute path
     */
    public FileState file(String path) {
        return files().read(rehearsal.stateName(), path);
    }

    /** Returns a look at files of the guest: any number of them in one remote execution. */
    public HostFiles files() {
        return new HostFiles(guest().shell(), patience(Duration.ofSeconds(10)));
    }

    /**
     * Returns another host as the guest sees it: {@code vm.egress("192.0.2.1").reach(tcp(443)).from("guest")}. Each of
     * Docker's containers that runs is a vantage too, by its name.
     *
     * @param address the other host's address
     */
    public Outside egress(String address) {
        Commands commands = (script, deadline) -> guest().shell().run(script, deadline).stdout();
        List<Vantage> inside = new ArrayList<>();
        inside.add(Vantage.through("guest", "", commands));
        state().reading(Subject.CONTAINERS).find().stream()
                .flatMap(Containers::running)
                .filter(c -> c.engine() == Container.Engine.DOCKER)
                .map(c -> Vantage.through(c.name(), networkOf(c), commands))
                .forEach(inside::add);
        return new Outside(List.of(Vantages.address(address)), inside, Patience.DEFAULT);
    }

    private static String networkOf(Container container) {
        return "nsenter --net --target $(docker inspect --format '{{.State.Pid}}' " + container.id() + ")";
    }

    /**
     * Starts a unit and waits until systemd calls it started; a {@code oneshot} has then ended.
     *
     * @param unit its name: {@code acme-renew.service}
     * @throws HarnessException when it fails; the message has its last words
     */
    public void start(String unit) {
        CommandResult started = shell().run(
                "systemctl start -- '%1$s' || { journalctl -b -u '%1$s' -n 10 -o cat; exit 1; }".formatted(unit),
                patience(Duration.ofMinutes(2)));
        if (!started.succeeded()) {
            throw new HarnessException(
                    HarnessException.Kind.STEP,
                    "Starting " + unit + " on " + host() + " failed.",
                    started.stderr() + started.stdout(),
                    "look at the unit: ./boma-it ssh " + host());
        }
    }

    /** Returns what can be made to go wrong with the guest; each fault ends with the test that planted it. */
    public Faults faults() {
        return rehearsal.faults();
    }

    /** Returns the guest's shell, for what no assertion covers; after each command, what was read counts no more. */
    public Shell shell() {
        return (script, deadline) -> {
            try {
                return guest().shell().run(script, deadline);
            } finally {
                rehearsal.known().acted();
            }
        };
    }

    /** Returns the deadline that suits this machine where hardware virtualization would need the given one. */
    public Duration patience(Duration withKvm) {
        return rehearsal.patience(withKvm);
    }

    /**
     * Returns how long to wait for what the guest still has to do by itself, for {@code eventually(...)}: it counts from when
     * something was last done to the guest, a step, a fault or a command, so that ten tests of one outage do not
     * wait ten times. A tenth of it is always left.
     *
     * @param withKvm how long that takes at most, where hardware virtualization runs the guest
     */
    public Duration settling(Duration withKvm) {
        return rehearsal.settling(withKvm);
    }

    /** Returns the kernel's boot id, as it is now. */
    public String bootId() {
        return guest().bootId();
    }

    /** Returns everything that the guest has written to its serial console. */
    public String console() {
        return guest().console();
    }
}
