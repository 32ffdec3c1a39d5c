package me.wingu.boma.harness.hypervisor;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.libvirt.event.DomainEventDetail;
import org.libvirt.event.LifecycleListener;
import org.libvirt.event.RebootListener;

/** Keeps what libvirt reports of the harness's domains, in the order of arrival. */
final class EventLog implements LifecycleListener, RebootListener {

    private final List<DomainEvent> events = new CopyOnWriteArrayList<>();

    /** Returns the events of one domain from an instant on. */
    List<DomainEvent> of(String domain, Instant since) {
        return events.stream()
                .filter(e -> e.domain().equals(domain) && !e.at().isBefore(since))
                .toList();
    }

    @Override
    public int onLifecycleChange(Domain domain, org.libvirt.event.DomainEvent event) {
        add(domain, kind(event), detail(event));
        return 0;
    }

    @Override
    public void onReboot(Domain domain) {
        add(domain, DomainEvent.Kind.GUEST_RESET, "");
    }

    private void add(Domain domain, DomainEvent.Kind kind, String detail) {
        try {
            String name = domain.getName();
            if (name.startsWith(Hypervisor.PREFIX)) {
                events.add(new DomainEvent(Instant.now(), name, kind, detail));
            }
        } catch (LibvirtException e) {
            System.getLogger(EventLog.class.getName())
                    .log(System.Logger.Level.WARNING, "an event came from a domain without a name", e);
        }
    }

    private static DomainEvent.Kind kind(org.libvirt.event.DomainEvent event) {
        return switch (event.getType()) {
            case STARTED -> DomainEvent.Kind.STARTED;
            case SUSPENDED -> DomainEvent.Kind.SUSPENDED;
            case RESUMED -> DomainEvent.Kind.RESUMED;
            case STOPPED -> DomainEvent.Kind.STOPPED;
            case CRASHED -> DomainEvent.Kind.CRASHED;
            default -> DomainEvent.Kind.OTHER;
        };
    }

    private static String detail(org.libvirt.event.DomainEvent event) {
        Object detail = EventLog.<Detail>unchecked(event);
        return event.getType() + " " + detail;
    }

    /** Only names the intersection type that libvirt-java's getter asks for. */
    private enum Detail implements DomainEventDetail {}

    private static <T extends Enum<T> & DomainEventDetail> Object unchecked(org.libvirt.event.DomainEvent event) {
        return event.<T>getDetail();
    }
}
