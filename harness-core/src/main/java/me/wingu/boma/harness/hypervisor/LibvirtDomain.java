package me.wingu.boma.harness.hypervisor;

import static me.wingu.boma.harness.hypervisor.LibvirtCalls.ask;
import static me.wingu.boma.harness.hypervisor.LibvirtCalls.lookUp;
import static me.wingu.boma.harness.hypervisor.LibvirtCalls.order;
import static me.wingu.boma.harness.hypervisor.LibvirtCalls.orderIfThere;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.libvirt.Domain.InterfaceAddressesSource;
import org.libvirt.LibvirtException;
import org.libvirt.MemoryStatistic;
import org.libvirt.SchedLongParameter;
import org.libvirt.SchedParameter;

/** A domain in libvirt, looked up afresh by its name for every call, so that no handle goes stale. */
final class LibvirtDomain implements Domain {

    // What libvirt-java has no names for, with libvirt's own.
    private static final int UNDEFINE_EVERYTHING = 1 | 2 | 4; // VIR_DOMAIN_UNDEFINE_MANAGED_SAVE, _SNAPSHOTS_METADATA, _NVRAM
    private static final int METADATA_ELEMENT = 2; // VIR_DOMAIN_METADATA_ELEMENT
    private static final int SECURE = 1; // VIR_DOMAIN_XML_SECURE
    private static final int INACTIVE = 2; // VIR_DOMAIN_XML_INACTIVE
    private static final int WITHOUT_METADATA = 4; // VIR_DOMAIN_SNAPSHOT_CREATE_NO_METADATA
    private static final int ALL_OR_NOTHING = 128; // VIR_DOMAIN_SNAPSHOT_CREATE_ATOMIC
    private static final int AFFECT_LIVE = 1; // VIR_DOMAIN_AFFECT_LIVE
    private static final int AFFECT_CONFIG = 2; // VIR_DOMAIN_AFFECT_CONFIG
    private static final int MEMORY_STATISTICS = 16; // more than there are
    private static final int RESIDENT = 7; // VIR_DOMAIN_MEMORY_STAT_RSS

    private final SavedGuests.Open connection;
    private final Supplier<PoolVolumes> pool;
    private final EventLog events;
    private final String name;

    LibvirtDomain(SavedGuests.Open connection, Supplier<PoolVolumes> pool, EventLog events, String name) {
        this.connection = connection;
        this.pool = pool;
        this.events = events;
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        order("Starting the domain " + name, with(d -> d.create()));
    }

    @Override
    public void powerOff() {
        orderIfThere("Stopping the domain " + name, with(d -> d.destroy()));
    }

    @Override
    public void remove() {
        powerOff();
        orderIfThere("Removing the domain " + name, with(d -> d.undefine(UNDEFINE_EVERYTHING)));
    }

    @Override
    public void save(String memoryVolume, String nextDiskVolume) {
        String snapshot = """
                <domainsnapshot>
                  <memory snapshot='external' file='%s'/>
                  <disks>
                    <disk name='vda' snapshot='external'><driver type='qcow2'/><source file='%s'/></disk>
                    <disk name='vdb' snapshot='no'/>
                  </disks>
                </domainsnapshot>
                """
                .formatted(Xml.escape(pathOf(memoryVolume)), Xml.escape(pathOf(nextDiskVolume)));
        order("Saving " + name, with(d ->
                d.snapshotCreateXML(snapshot, WITHOUT_METADATA | ALL_OR_NOTHING).free()));
    }

    @Override
    public void restore(String memoryVolume) {
        String file = pathOf(memoryVolume);
        String defined = ask("Describing " + name, of(d -> d.getXMLDesc(SECURE | INACTIVE)));
        SavedGuests.restore(connection, file, SavedXml.in(SavedGuests.description(connection, file), defined));
    }

    @Override
    public void suspend() {
        order("Suspending " + name, with(d -> d.suspend()));
    }

    @Override
    public void resume() {
        order("Resuming " + name, with(d -> d.resume()));
    }

    @Override
    public String disk() {
        String description = ask("Asking for the disk of " + name, of(d -> d.getXMLDesc(0)));
        String path = Xml.select(description, "/domain/devices/disk[target/@dev='vda']/source/@file").stream()
                .findFirst()
                .orElse("");
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public UUID uuid() {
        return UUID.fromString(ask("Asking for the UUID of " + name, of(d -> d.getUUIDString())));
    }

    @Override
    public void link(boolean up) {
        order("Changing the link of " + name, with(d -> {
            if (d.isActive() == 1) {
                d.updateDeviceFlags(FaultXml.link(d.getXMLDesc(0), up), AFFECT_LIVE);
            }
            d.updateDeviceFlags(FaultXml.link(d.getXMLDesc(INACTIVE), up), AFFECT_CONFIG);
        }));
    }

    @Override
    public void processorShare(int percent) {
        order("Limiting the processors of " + name, with(d -> {
            connection.domainDefineXML(FaultXml.processorShare(d.getXMLDesc(INACTIVE), percent)).free();
            if (d.isActive() == 1) {
                SchedLongParameter quota = new SchedLongParameter(FaultXml.quota(percent));
                quota.field = "vcpu_quota";
                d.setSchedulerParameters(new SchedParameter[] {quota});
            }
        }));
    }

    @Override
    public long untouchedMemoryBytes() {
        return 1024 * lookUp("Asking for the memory of " + name, of(d -> {
                    long resident = d.isActive() == 0 ? 0 : resident(d);
                    return Math.max(0, d.getMaxMemory() - resident);
                }))
                .orElse(0L);
    }

    private static long resident(org.libvirt.Domain domain) throws LibvirtException {
        return Arrays.stream(domain.memoryStats(MEMORY_STATISTICS))
                .filter(statistic -> statistic.getTag() == RESIDENT)
                .mapToLong(MemoryStatistic::getValue)
                .findFirst()
                .orElse(0);
    }

    @Override
    public Duration processorTime() {
        return Duration.ofNanos(ask("Asking for the processor time of " + name, of(d -> d.getInfo().cpuTime)));
    }

    @Override
    public DomainState state() {
        return lookUp("Asking for the state of " + name, of(d -> switch (d.getInfo().state) {
                    case VIR_DOMAIN_RUNNING, VIR_DOMAIN_BLOCKED, VIR_DOMAIN_SHUTDOWN -> DomainState.RUNNING;
                    case VIR_DOMAIN_PAUSED, VIR_DOMAIN_PMSUSPENDED -> DomainState.PAUSED;
                    case VIR_DOMAIN_CRASHED -> DomainState.CRASHED;
                    case VIR_DOMAIN_SHUTOFF, VIR_DOMAIN_NOSTATE -> DomainState.OFF;
                }))
                .orElse(DomainState.GONE);
    }

    @Override
    public Optional<InetAddress> lease() {
        if (state() != DomainState.RUNNING) {
            return Optional.empty();
        }
        return ask(
                "Asking for the DHCP lease of " + name,
                of(d -> d
                        .interfaceAddresses(InterfaceAddressesSource.VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE, 0)
                        .stream()
                        .flatMap(i -> i.addrs.stream())
                        .map(a -> a.address)
                        .filter(Inet4Address.class::isInstance)
                        .reduce((older, newer) -> newer))); // one guest has one; earlier ones of the same name left theirs
    }

    @Override
    public Optional<String> note() {
        return lookUp("Reading the note of " + name, of(d -> d.getXMLDesc(0))).stream()
                .flatMap(xml -> Xml.select(
                        xml,
                        "/domain/metadata/*[local-name()='note' and namespace-uri()='" + DomainXml.NOTE_NAMESPACE
                                + "']")
                        .stream())
                .findFirst();
    }

    @Override
    public void note(String note) {
        order("Writing the note of " + name, with(d -> {
            int flags = AFFECT_CONFIG | (d.isActive() == 1 ? AFFECT_LIVE : 0);
            d.setMetadata(
                    METADATA_ELEMENT, "<note>" + Xml.escape(note) + "</note>", "boma", DomainXml.NOTE_NAMESPACE, flags);
        }));
    }

    @Override
    public List<DomainEvent> events(Instant since) {
        return events.of(name, since);
    }

    private String pathOf(String volume) {
        return pool.get().directory() + "/" + volume;
    }

    /** Something to ask of a handle that lives no longer than the call. */
    @FunctionalInterface
    private interface Asked<T> {
        T of(org.libvirt.Domain domain) throws LibvirtException;
    }

    /** Something to do with a handle that lives no longer than the call. */
    @FunctionalInterface
    private interface Done {
        void with(org.libvirt.Domain domain) throws LibvirtException;
    }

    private <T> LibvirtCalls.Question<T> of(Asked<T> asked) {
        return () -> {
            org.libvirt.Domain domain = connection.domainLookupByName(name);
            try {
                return asked.of(domain);
            } finally {
                domain.free();
            }
        };
    }

    private LibvirtCalls.Order with(Done done) {
        return () -> {
            org.libvirt.Domain domain = connection.domainLookupByName(name);
            try {
                done.with(domain);
            } finally {
                domain.free();
            }
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
