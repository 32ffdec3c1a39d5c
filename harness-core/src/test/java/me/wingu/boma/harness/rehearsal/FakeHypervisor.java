package me.wingu.boma.harness.rehearsal;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.guest.GuestConnection;
import me.wingu.boma.harness.guest.SshEndpoint;
import me.wingu.boma.harness.hypervisor.Accelerator;
import me.wingu.boma.harness.hypervisor.Domain;
import me.wingu.boma.harness.hypervisor.DomainDefinition;
import me.wingu.boma.harness.hypervisor.FakeVolumes;
import me.wingu.boma.harness.hypervisor.GuestFilter;
import me.wingu.boma.harness.hypervisor.Hypervisor;
import me.wingu.boma.harness.hypervisor.IsolatedNetwork;

/** A hypervisor in memory, for what a unit test cannot have: guests that boot at once, and fail as they are told to. */
public final class FakeHypervisor implements Hypervisor {

    /** The end of the name of the disk of a domain that somebody else made. */
    static final String DISK = "-disk-00000000-000000000000.qcow2";

    private static final long GIB = 1L << 30;

    /** What a guest can get wrong. */
    public enum Fault {
        /** The domain stops while it boots. */
        DIES_WHILE_BOOTING,
        /** The kernel of the first guest panics in its boot, and the machine stands. */
        PANICS_IN_THE_FIRST_GUEST,
        /** The kernel of the first guest stands still in its boot, and then the machine stops. */
        HANGS_IN_THE_FIRST_GUEST,
        /** A guest comes to its login prompt, and answers nobody. */
        SILENT_BESIDE_ITS_PROMPT,
        /** When the guest is asked for first, the DHCP server still tells the address of an earlier one. */
        LEASE_OF_AN_EARLIER_GUEST,
        /** A reboot resets the machine, and yet the same kernel answers. */
        KEEPS_ITS_BOOT_ID,
        /** The machine stops instead of resetting itself. */
        STOPS_INSTEAD_OF_REBOOTING,
        /** The console shows nothing of a reboot. */
        SILENT_CONSOLE,
        /** While it goes down, the guest lets go of one command after the other half way. */
        BREAKS_COMMANDS_OFF,
        /** The health of its container is not known yet when Docker is asked first. */
        CONTAINER_IS_STARTING,
        /** A unit has failed. */
        FAILED_UNIT,
        /** A guest that was suspended cannot be resumed. */
        STANDS_STILL_FOR_GOOD,
        /** Another guest is on the network, and it cannot be changed. */
        NETWORK_LACKS_A_VANTAGE
    }

    private final Map<String, FakeDomain> domains = new ConcurrentSkipListMap<>();
    private final FakeVolumes volumes = new FakeVolumes();
    private final Set<Fault> faults = EnumSet.noneOf(Fault.class);
    private final List<String> defined = new CopyOnWriteArrayList<>();
    private long availableMemoryBytes = 8 * GIB;
    private Optional<GuestFilter> wall = Optional.empty();
    private Accelerator accelerator = Accelerator.KVM;
    private int sweepsOfNetworks;
    private boolean closed;
    private String version = "fake 1";
    private Runnable whenSaving = () -> {};

    /** Lets guests be wrong from now on. */
    public FakeHypervisor with(Fault fault) {
        faults.add(fault);
        return this;
    }

    /** Returns the wall around the guest that was put up last. */
    public GuestFilter wall() {
        return wall.orElseThrow();
    }

    /** Makes its processors emulated ones. */
    FakeHypervisor emulated() {
        accelerator = Accelerator.TCG;
        return this;
    }

    FakeHypervisor withMemory(long bytes) {
        availableMemoryBytes = bytes;
        return this;
    }

    /** Makes it another version. */
    void upgrade(String newVersion) {
        version = newVersion;
    }

    /** Has something happen in the middle of a guest's being saved. */
    void whenSaving(Runnable what) {
        whenSaving = what;
    }

    void saves(String memoryVolume) {
        volumes.createText(memoryVolume, new byte[0]);
        whenSaving.run();
    }

    /** Adds a domain that somebody else made. */
    FakeDomain add(String name, Optional<String> note) {
        FakeDomain domain =
                new FakeDomain(this, name, UUID.randomUUID(), name + DISK, new GuestNames(name).console(), note);
        domains.put(name, domain);
        return domain;
    }

    /** Connects to the guest that the key is for; it need not run yet. */
    public GuestConnection connect(SshEndpoint endpoint) {
        String name = endpoint.privateKey().getParent().getFileName().toString();
        return new FakeGuest(endpoint, Optional.ofNullable(domains.get(name)).orElseThrow());
    }

    /** Returns the names of all domains that were ever defined here, in order. */
    public List<String> defined() {
        return defined;
    }

    /** Returns whether the connection was given back. */
    public boolean closed() {
        return closed;
    }

    boolean has(Fault fault) {
        return faults.contains(fault);
    }

    void forget(FakeDomain domain) {
        domains.remove(domain.name());
    }

    @Override
    public String uri() {
        return "fake:///memory";
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public String processor() {
        return "of memory";
    }

    @Override
    public Accelerator accelerator() {
        return accelerator;
    }

    @Override
    public int processors() {
        return 2;
    }

    @Override
    public long availableMemoryBytes() {
        return availableMemoryBytes;
    }

    @Override
    public Optional<Domain> find(String name) {
        return Optional.ofNullable(domains.get(name));
    }

    @Override
    public List<Domain> domains() {
        return domains.values().stream()
                .filter(d -> d.name().startsWith(PREFIX))
                .<Domain>map(d -> d)
                .toList();
    }

    @Override
    public Domain define(DomainDefinition definition) {
        defined.add(definition.name());
        FakeDomain domain =
                new FakeDomain(
                        this, definition.name(), definition.uuid(), definition.diskVolume(), definition.consoleVolume(),
                        Optional.of(definition.note()));
        domains.put(definition.name(), domain);
        return domain;
    }

    @Override
    public FakeVolumes volumes() {
        return volumes;
    }

    @Override
    public void ensureNetwork(IsolatedNetwork network) {
        if (faults.contains(Fault.NETWORK_LACKS_A_VANTAGE)) {
            throw new HarnessException(
                    HarnessException.Kind.MACHINE, "Preparing the network failed.", "it lacks a vantage", "take the other down");
        }
    }

    @Override
    public void ensureFilter(GuestFilter filter) {
        wall = Optional.of(filter);
    }

    @Override
    public List<String> removeIdleNetworks() {
        sweepsOfNetworks++;
        return List.of();
    }

    /** Returns how often idle networks were asked to go. */
    int sweepsOfNetworks() {
        return sweepsOfNetworks;
    }

    @Override
    public void close() {
        closed = true;
    }
}
