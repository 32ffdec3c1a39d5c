package me.wingu.boma.harness.rehearsal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.hypervisor.Domain;
import me.wingu.boma.harness.hypervisor.DomainEvent;
import me.wingu.boma.harness.hypervisor.DomainState;
import me.wingu.boma.harness.rehearsal.FakeHypervisor.Fault;

/** A machine in memory: it has a boot id, writes its console, and reports events. */
final class FakeDomain implements Domain {

    private final FakeHypervisor hypervisor;
    private final String name;
    private final String console;
    private final List<DomainEvent> events = new ArrayList<>();
    private volatile Optional<String> note;
    private volatile DomainState state = DomainState.OFF;
    private String bootId = "";
    private int toBreakOff;
    private boolean staleLeaseTold;
    private int questionsForContainers;
    private final AtomicInteger readings = new AtomicInteger();
    private final List<String> wakeUps = new CopyOnWriteArrayList<>();
    private final UUID uuid;
    private String disk;
    private long untouchedMemoryBytes;
    private boolean linkUp = true;
    private int processorShare = 100;

    FakeDomain(FakeHypervisor hypervisor, String name, UUID uuid, String disk, String console, Optional<String> note) {
        this.hypervisor = hypervisor;
        this.name = name;
        this.uuid = uuid;
        this.disk = disk;
        this.console = console;
        this.note = note;
    }

    /** Lets the machine have asked for more memory than it has touched yet. */
    FakeDomain untouched(long bytes) {
        untouchedMemoryBytes = bytes;
        return this;
    }

    String bootId() {
        return bootId;
    }

    boolean has(Fault fault) {
        return hypervisor.has(fault);
    }

    /** Returns how many commands more, with this one, the guest will not answer whole. */
    int breaksOff() {
        return Math.max(0, toBreakOff--);
    }

    /** Counts a question for the guest's containers. Returns how many there were. */
    int asksForContainers() {
        return ++questionsForContainers;
    }

    int questionsForContainers() {
        return questionsForContainers;
    }

    /** Counts a reading of the guest's state. */
    void isRead() {
        readings.incrementAndGet();
    }

    int readings() {
        return readings.get();
    }

    /** Is woken up, by this thread. */
    void isWokenUp() {
        wakeUps.add(Thread.currentThread().getName());
    }

    /** Returns the threads that have woken it up. */
    List<String> wakeUps() {
        return wakeUps;
    }

    /** The guest resets itself. */
    void resetItself() {
        toBreakOff = has(Fault.BREAKS_COMMANDS_OFF) ? 2 : 0;
        if (has(Fault.STOPS_INSTEAD_OF_REBOOTING)) {
            print("[   41.000000] reboot: Power down\n");
            stop("SHUTDOWN");
            return;
        }
        if (!has(Fault.SILENT_CONSOLE)) {
            print("[   41.000000] reboot: Restarting system\n");
        }
        happened(DomainEvent.Kind.GUEST_RESET, "");
        if (!has(Fault.KEEPS_ITS_BOOT_ID)) {
            boot();
        }
    }

    private void boot() {
        bootId = UUID.randomUUID().toString();
        if (!has(Fault.SILENT_CONSOLE)) {
            print("[    0.000000] Linux version 6.12.0-fake (debian-kernel@lists.debian.org)\n");
        }
        if (has(Fault.PANICS_IN_THE_FIRST_GUEST) && hypervisor.defined().size() == 1) {
            print("[    1.645241] Kernel panic - not syncing: Fatal exception in interrupt\n");
            bootId = "";
        }
        if (has(Fault.HANGS_IN_THE_FIRST_GUEST) && hypervisor.defined().size() == 1) {
            print("[   27.312009] rcu: rcu_preempt kthread starved for 5251 jiffies! g-1031 f0x0 RCU_GP_WAIT_FQS(5) ->cpu=0\n");
            stop("DESTROYED");
        }
        if (has(Fault.SILENT_BESIDE_ITS_PROMPT)) {
            print("demo login: ");
            bootId = "";
        }
        if (has(Fault.DIES_WHILE_BOOTING)) {
            print("[    0.500000] Kernel panic - not syncing: VFS: Unable to mount root fs\n");
            stop("FAILED");
        }
    }

    private void stop(String detail) {
        state = DomainState.OFF;
        happened(DomainEvent.Kind.STOPPED, detail);
    }

    private void happened(DomainEvent.Kind kind, String detail) {
        events.add(new DomainEvent(Instant.now(), name, kind, detail));
    }

    private void print(String text) {
        hypervisor.volumes().append(console, text);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        state = DomainState.RUNNING;
        happened(DomainEvent.Kind.STARTED, "");
        boot();
    }

    @Override
    public void save(String memoryVolume, String nextDiskVolume) {
        hypervisor.saves(memoryVolume);
        hypervisor.volumes().createText(memoryVolume, (bootId + " " + uuid).getBytes(StandardCharsets.UTF_8));
        hypervisor.volumes().createOverlay(nextDiskVolume, disk, 0);
        disk = nextDiskVolume;
    }

    @Override
    public void restore(String memoryVolume) {
        String[] memory = new String(hypervisor.volumes().read(memoryVolume, 0), StandardCharsets.UTF_8).split(" ", 2);
        if (memory.length != 2 || !memory[1].equals(uuid.toString())) {
            throw new HarnessException(
                    HarnessException.Kind.MACHINE, "Restoring the saved guest failed: libvirt refused.", "", "");
        }
        bootId = memory[0];
        state = DomainState.RUNNING;
        happened(DomainEvent.Kind.STARTED, "RESTORED");
    }

    @Override
    public void suspend() {
        state = DomainState.PAUSED;
    }

    @Override
    public void resume() {
        if (has(Fault.STANDS_STILL_FOR_GOOD)) {
            throw new HarnessException(HarnessException.Kind.MACHINE, "Resuming the guest failed: libvirt refused.", "", "");
        }
        state = DomainState.RUNNING;
    }

    @Override
    public String disk() {
        return disk;
    }

    @Override
    public UUID uuid() {
        return uuid;
    }

    @Override
    public void link(boolean up) {
        linkUp = up;
    }

    @Override
    public void processorShare(int percent) {
        processorShare = percent;
    }

    /** Returns the percentage of a real processor that each of its own may take. */
    int processorShare() {
        return processorShare;
    }

    /** Returns whether anybody can talk with the guest. */
    boolean isReachable() {
        return state == DomainState.RUNNING && linkUp && !bootId.isEmpty();
    }

    @Override
    public long untouchedMemoryBytes() {
        return untouchedMemoryBytes;
    }

    @Override
    public void powerOff() {
        if (state == DomainState.RUNNING || state == DomainState.PAUSED) {
            stop("DESTROYED");
        }
    }

    @Override
    public void remove() {
        powerOff();
        state = DomainState.GONE;
        hypervisor.forget(this);
    }

    @Override
    public Duration processorTime() {
        return Duration.ZERO;
    }

    @Override
    public DomainState state() {
        return state;
    }

    @Override
    public Optional<InetAddress> lease() {
        if (state != DomainState.RUNNING) {
            return Optional.empty();
        }
        if (has(Fault.LEASE_OF_AN_EARLIER_GUEST) && !staleLeaseTold) {
            staleLeaseTold = true;
            return Optional.of(address((byte) 149));
        }
        return Optional.of(address(lastByte()));
    }

    /** Returns whether this is its address. */
    boolean isAt(String address) {
        return address(lastByte()).getHostAddress().equals(address);
    }

    private static InetAddress address(byte lastByte) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 198, 51, 100, lastByte});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** Two guests have two addresses; that of the usual one is well known. */
    private byte lastByte() {
        return (byte) (name.equals("boma-it-demo") ? 150 : 151 + Math.floorMod(name.hashCode(), 100));
    }

    @Override
    public Optional<String> note() {
        return note;
    }

    @Override
    public void note(String text) {
        note = Optional.of(text);
    }

    @Override
    public List<DomainEvent> events(Instant since) {
        return events.stream().filter(e -> !e.at().isBefore(since)).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
