package me.wingu.boma.harness.rehearsal;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.diagnostics.ConsoleTestimony;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.guest.GuestConnection;
import me.wingu.boma.harness.guest.SshEndpoint;
import me.wingu.boma.harness.hypervisor.Domain;
import me.wingu.boma.harness.hypervisor.DomainEvent;
import me.wingu.boma.harness.hypervisor.DomainState;
import me.wingu.boma.harness.hypervisor.VolumeStore;
import me.wingu.boma.harness.waiting.Waiting;

/** One guest from both sides: its domain as the hypervisor sees it, and its shell. */
final class GuestMachine implements AutoCloseable {

    private static final Duration QUICK = Duration.ofSeconds(30);
    private static final Duration REST = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(500);
    /** Of a processor, between two looks; an emulated guest that does nothing uses a tenth of one. */
    private static final Duration AT_REST = Duration.ofMillis(150);
    static final String BOOT_ID = "cat /proc/sys/kernel/random/boot_id";
    private static final int CONSOLE_LINES = 25;

    private final Domain domain;
    private final VolumeStore volumes;
    private final GuestNames names;
    private VmNote note;
    private final Timing timing;
    private final Function<SshEndpoint, GuestConnection> connector;
    private Optional<GuestConnection> shell = Optional.empty();
    private Optional<BootLogin> bootLogin = Optional.empty();
    private boolean stoodBy;

    GuestMachine(
            Domain domain,
            VolumeStore volumes,
            VmNote note,
            Timing timing,
            Function<SshEndpoint, GuestConnection> connector) {
        this.domain = domain;
        this.volumes = volumes;
        this.names = new GuestNames(domain.name());
        this.note = note;
        this.timing = timing;
        this.connector = connector;
    }

    Domain domain() {
        return domain;
    }

    GuestNames names() {
        return names;
    }

    VmNote note() {
        return note;
    }

    /** Notes for this and later processes what the guest can be returned to. */
    void canReturnTo(Optional<String> checkpoint) {
        if (!note.checkpoint().equals(checkpoint)) {
            note = note.restingOn(checkpoint);
            domain.note(note.toJson());
        }
    }

    /** Notes that it stood by for this run. */
    GuestMachine thatStoodBy() {
        stoodBy = true;
        return this;
    }

    boolean stoodBy() {
        return stoodBy;
    }

    /** Has it stand still, at rest, for the run that takes it over; this process stays logged in. */
    void standBy() {
        awaitRest();
        domain.suspend();
        note = note.standingBy();
        domain.note(note.toJson());
    }

    /** What a reading leaves to do, the next login would have to wait for; a guest that never rests does as well. */
    private void awaitRest() {
        AtomicReference<Duration> used = new AtomicReference<>(Duration.ofDays(-1));
        try {
            new Waiting("the guest's rest", timing.scale(REST), LOOK, () -> Optional.empty()).until(() -> {
                Duration now = domain.processorTime();
                Duration since = now.minus(used.getAndSet(now));
                return since.compareTo(AT_REST) < 0 ? Optional.of(true) : Optional.empty();
            });
        } catch (Waiting.InVain e) {
            System.getLogger(GuestMachine.class.getName()).log(System.Logger.Level.DEBUG, domain.name(), e);
        }
    }

    /** Returns the guest's shell; the address is asked of the hypervisor on the first use. */
    synchronized GuestConnection shell() {
        if (shell.isEmpty()) {
            String address = awaitLease("asking for the guest's address", timing.lease());
            reachAt(address);
        }
        return shell.get();
    }

    /** Prepares to reach the guest at an address that is known, without asking the hypervisor for it. */
    synchronized void prepareAt(String address) {
        reachAt(address);
        shell().prepare();
    }

    private void reachAt(String address) {
        shell = Optional.of(connector.apply(
                new SshEndpoint(address, 22, note.user(), Path.of(note.privateKey()), note.hostKey())));
    }

    /** Waits until a login works. */
    void awaitLogin(String phase, Instant since) {
        await("the guest's SSH", phase, timing.lease(), since, () ->
                shell().tryConnect().isEmpty() ? Optional.of(true) : Optional.empty());
    }

    /** Runs a short script, sure to end quickly on a healthy guest. */
    CommandResult run(String script) {
        return shell().run(script, timing.scale(QUICK));
    }

    /** Runs a short script that says something of the moment. */
    CommandResult runOfTheMoment(Supplier<String> script) {
        return shell().runOfTheMoment(script, timing.scale(QUICK));
    }

    /** Runs a script that may take a while. */
    CommandResult run(String script, Duration deadline) {
        return shell().run(script, deadline);
    }

    /** Returns the boot id of the kernel that runs now. */
    String bootId() {
        return run(BOOT_ID).stdout().strip();
    }

    /**
     * Returns the guest's address in a network, by its own word.
     *
     * @param prefix the network's first 64 bits, ending in {@code ::}
     */
    Optional<String> address6(String prefix) {
        String start = prefix.substring(0, prefix.length() - 1);
        return run("ip -6 -o addr show scope global").stdout().lines()
                .flatMap(line -> Stream.of(line.split("[ /]+", -1)))
                .filter(word -> word.startsWith(start))
                .findFirst();
    }

    /** Waits until the guest has an address. */
    String awaitLease(String phase, Duration deadline) {
        return await("the guest's DHCP lease", phase, deadline, Instant.now(), this::lease);
    }

    private Optional<String> lease() {
        return domain.lease().map(InetAddress::getHostAddress);
    }

    /** Waits until a login works and a kernel other than the given one runs; returns that kernel's boot id. */
    String awaitBoot(String phase, Optional<String> before, Instant since) {
        ConsoleWatch watch = new ConsoleWatch(this::console, timing.login());
        Supplier<Optional<String>> doom = () -> doom(since).or(watch::look);
        await("the guest's DHCP lease", phase, timing.boot(), doom, since, this::lease);
        BootLogin login = new BootLogin(this::shellAtItsLease, timing);
        bootLogin = Optional.of(login);
        return await(
                "the guest's SSH",
                () -> phase + "; SSH: " + login.seen(),
                timing.boot(),
                doom,
                since,
                () -> login.bootId().filter(id -> !Optional.of(id).equals(before))); // the old boot may still answer
    }

    /** Returns the shell at the address that the guest has now: while it boots, the lease may still be an earlier guest's. */
    private synchronized GuestConnection shellAtItsLease() {
        lease().filter(address -> shell.filter(s -> s.endpoint().address().equals(address)).isEmpty())
                .ifPresent(address -> {
                    close();
                    reachAt(address);
                });
        return shell();
    }

    /** Waits for something of the guest, and gives up when its domain stops or crashes. */
    <T> T await(
            String what,
            String phase,
            Duration deadline,
            Instant since,
            Supplier<Optional<T>> look) {
        return await(what, phase, deadline, () -> doom(since), since, look);
    }

    private <T> T await(
            String what,
            String phase,
            Duration deadline,
            Supplier<Optional<String>> doom,
            Instant since,
            Supplier<Optional<T>> look) {
        return await(what, () -> phase, deadline, doom, since, look);
    }

    private <T> T await(
            String what,
            Supplier<String> phase,
            Duration deadline,
            Supplier<Optional<String>> doom,
            Instant since,
            Supplier<Optional<T>> look) {
        try {
            return Waiting.upTo(what, deadline).unless(doom).until(look);
        } catch (Waiting.InVain e) {
            throw new HarnessException(
                    HarnessException.Kind.STEP,
                    "Waiting for " + what + " of " + domain.name() + " failed: " + e.reason() + ".",
                    "phase: " + phase.get() + "; domain: " + domain.state() + "; events: " + domain.events(since)
                            + testimony() + "\nlast console lines:\n" + consoleTail(),
                    "look at the console: ./boma-it console " + note.host(),
                    e);
        }
    }

    /** Says why the guest cannot come up any more. */
    private Optional<String> doom(Instant since) {
        DomainState state = domain.state();
        if (state == DomainState.RUNNING) {
            return domain.events(since).stream()
                    .filter(e -> e.kind() == DomainEvent.Kind.CRASHED)
                    .map(e -> "the guest crashed")
                    .findFirst();
        }
        return Optional.of("the domain is " + state);
    }

    /** Returns whether it ever ran: its firmware is the first that writes to the console. */
    boolean hasRun() {
        return volumes.length(names.console()).orElse(0) > 0;
    }

    /**
     * Returns what of a boot that failed may be emulation's fault: by the console's word its kernel panicked or stood still, or all
     * of the system came up, runs, and lets nobody in by SSH.
     */
    Optional<String> emulationsFault() {
        ConsoleTestimony testimony = ConsoleTestimony.ofLastBoot(console());
        return testimony.panic().or(testimony::stall).or(() -> bootLogin
                .filter(login -> testimony.asksForLogin() && domain.state() == DomainState.RUNNING)
                .map(login -> "the console asks for a login, and SSH: " + login.seen()));
    }

    /** Returns everything that the guest has written to its serial console since it was made. */
    String console() {
        return new String(volumes.read(names.console(), 0), StandardCharsets.UTF_8);
    }

    /** Returns how much the guest has written to its serial console, in bytes. */
    int consoleLength() {
        return volumes.read(names.console(), 0).length;
    }

    /** Returns what the guest has written to its serial console from a byte on. */
    String consoleSince(int offset) {
        return new String(volumes.read(names.console(), offset), StandardCharsets.UTF_8);
    }

    private String testimony() {
        List<String> reasons = ConsoleTestimony.ofLastBoot(console()).reasons();
        return reasons.isEmpty() ? "" : "\nthe console testifies:\n" + String.join("\n", reasons);
    }

    private String consoleTail() {
        List<String> lines = console().lines().filter(l -> !l.isBlank()).toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - CONSOLE_LINES), lines.size()));
    }

    @Override
    public synchronized void close() {
        shell.ifPresent(GuestConnection::close);
        shell = Optional.empty();
    }
}
