package me.wingu.boma.harness.hypervisor;

import static me.wingu.boma.harness.hypervisor.LibvirtCalls.ask;
import static me.wingu.boma.harness.hypervisor.LibvirtCalls.lookUp;
import static me.wingu.boma.harness.hypervisor.LibvirtCalls.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;
import org.libvirt.StoragePool;
import org.libvirt.jna.Libvirt.VirErrorCallback;

/** The real hypervisor: libvirt's QEMU driver. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class LibvirtHypervisor implements Hypervisor {

    private static final String POOL_PATH = "/var/lib/libvirt/" + PREFIX;

    /** Held strongly: JNA would let the collector take it. Silent, because every failure is told as an exception. */
    private static final VirErrorCallback SILENCE = (data, error) -> {};

    /** Held strongly: libvirt calls the listeners of a connection that was collected all the same, in memory that is freed. */
    private static final Collection<Connect> OPENED = new ConcurrentLinkedQueue<>();

    private final SavedGuests.Open connection;
    private final String uri;
    private final Accelerator accelerator;
    private final EventLog events = new EventLog();
    private final LibvirtNetworks networks;
    private final MemoryGauge memory;
    private Optional<PoolVolumes> volumes = Optional.empty();

    private LibvirtHypervisor(
            SavedGuests.Open connection, String uri, Accelerator accelerator, MemoryGauge memory) {
        this.connection = connection;
        this.uri = uri;
        this.accelerator = accelerator;
        this.networks = new LibvirtNetworks(connection);
        this.memory = memory;
    }

    /**
     * Connects to a libvirt daemon.
     *
     * @param uri libvirt's connection URI, such as {@code qemu:///system}
     * @param accelerator how guests are to be run
     * @return the open connection
     * @throws HarnessException of kind {@code MACHINE} when the daemon does not answer or does not let this user in
     */
    public static LibvirtHypervisor connect(String uri, Accelerator accelerator) {
        try {
            Connect.setErrorCallback(SILENCE);
            EventLoop.start();
            SavedGuests.Open connection = new SavedGuests.Open(uri);
            OPENED.add(connection);
            LibvirtHypervisor hypervisor =
                    new LibvirtHypervisor(connection, uri, accelerator, MemoryGauge.of(uri, connection));
            connection.addLifecycleListener(hypervisor.events);
            connection.addRebootListener(hypervisor.events);
            return hypervisor;
        } catch (LibvirtException e) {
            throw ConnectFailure.explain(uri, e);
        } catch (UnsatisfiedLinkError e) {
            throw ConnectFailure.noLibrary(e);
        }
    }

    @Override
    public String uri() {
        return uri;
    }

    @Override
    public String version() {
        return ask(
                "Asking for the versions",
                () -> "libvirt " + dotted(connection.getLibVersion()) + ", " + connection.getType() + " "
                        + dotted(connection.getVersion()));
    }

    @Override
    public String processor() {
        return accelerator == Accelerator.TCG
                ? "emulated"
                : ask("Asking for the processor", () -> {
                    List<String> parts = new ArrayList<>();
                    for (String part : List.of("model", "microcode/@version", "signature/@family", "feature/@name")) {
                        parts.addAll(Xml.select(connection.getCapabilities(), "/capabilities/host/cpu/" + part));
                    }
                    return String.join(" ", parts);
                });
    }

    private static String dotted(long version) {
        return version / 1_000_000 + "." + version / 1000 % 1000 + "." + version % 1000;
    }

    @Override
    public Accelerator accelerator() {
        return accelerator;
    }

    @Override
    public int processors() {
        return ask("Counting the processors", () -> connection.nodeInfo().cpus);
    }

    @Override
    public long availableMemoryBytes() {
        return memory.availableBytes();
    }

    @Override
    public Optional<Domain> find(String name) {
        return lookUp("Looking for the domain " + name, () -> {
            connection.domainLookupByName(name).free();
            return domain(name);
        });
    }

    private Domain domain(String name) {
        return new LibvirtDomain(connection, this::pool, events, name);
    }

    @Override
    public List<Domain> domains() {
        return ask("Listing the domains", () -> {
            List<Domain> ours = new ArrayList<>();
            for (org.libvirt.Domain d : connection.listAllDomains(0)) {
                String name = d.getName();
                if (name.startsWith(PREFIX + "-")) {
                    ours.add(domain(name));
                }
                d.free();
            }
            return ours;
        });
    }

    @Override
    public Domain define(DomainDefinition definition) {
        order("Defining the domain " + definition.name(), () -> connection
                .domainDefineXML(DomainXml.of(definition, accelerator, pool().directory()))
                .free());
        return domain(definition.name());
    }

    @Override
    public VolumeStore volumes() {
        return pool();
    }

    private synchronized PoolVolumes pool() {
        if (volumes.isEmpty()) {
            volumes = Optional.of(new PoolVolumes(connection, ask("Preparing the storage pool", this::openPool)));
        }
        return volumes.get();
    }

    private StoragePool openPool() throws LibvirtException {
        StoragePool pool;
        if (Stream.concat(Arrays.stream(connection.listStoragePools()), Arrays.stream(connection.listDefinedStoragePools()))
                .anyMatch(PREFIX::equals)) {
            pool = connection.storagePoolLookupByName(PREFIX);
        } else {
            pool = connection.storagePoolDefineXML(
                    """
                    <pool type='dir'>
                      <name>%s</name>
                      <target><path>%s</path><permissions><mode>0711</mode></permissions></target>
                    </pool>
                    """
                            .formatted(PREFIX, POOL_PATH),
                    0);
            pool.build(0);
        }
        if (pool.isActive() == 0) {
            pool.create(0);
        }
        return pool;
    }

    @Override
    public void ensureNetwork(IsolatedNetwork network) {
        networks.ensure(network, usedNetworks());
    }

    @Override
    public void ensureFilter(GuestFilter filter) {
        networks.ensure(filter);
    }

    @Override
    public List<String> removeIdleNetworks() {
        Set<String> used = new HashSet<>(usedNetworks());
        domains().forEach(domain -> used.add(domain.name())); // a guest's filter has its name
        return networks.removeIdle(used);
    }

    private Set<String> usedNetworks() {
        return ask("Asking which networks are in use", () -> {
            Set<String> used = new HashSet<>();
            for (org.libvirt.Domain d : connection.listAllDomains(0)) {
                used.addAll(Xml.select(d.getXMLDesc(0), "/domain/devices/interface/source/@network"));
                d.free();
            }
            return used.stream().collect(Collectors.toUnmodifiableSet());
        });
    }

    @Override
    public void close() {
        // libvirt-java 0.5.4 has no way to take a reboot listener back, and an event that arrives after Connect.close()
        // breaks its callback: so the connection lasts as long as the process, and merely hears of nothing any more.
        order("Letting go of the events of " + uri, () -> connection.removeLifecycleListener(events));
    }
}
