package me.wingu.boma.harness.nftables.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.IpPrefix;
import me.wingu.boma.harness.nftables.evaluation.Hook;
import me.wingu.boma.harness.nftables.evaluation.Outcome;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import me.wingu.boma.harness.nftables.semantics.Field;

/**
 * What the model says that the kernel will show for a packet.
 *
 * @param ways every sequence of steps that the model leaves open; nearly always one
 * @param prefix whether only the first steps can be told: the kernel's routing refuses some addresses after prerouting
 * @param complete whether the ways are all there are; otherwise they were too many to list
 * @param turned whether a packet of our own may come back to us, its destination translated to an address of ours
 */
record Expectation(List<List<Event>> ways, boolean prefix, boolean complete, boolean turned) {

    private static final int MOST_WAYS = 4096;
    private static final Set<Integer> OWN_TRACKERS = Set.of(33, 47, 132, 136);
    private static final Set<Integer> EXTENSION_HEADERS = Set.of(0, 43, 44, 51, 59, 60, 135);
    private static final List<IpPrefix> REFUSED_SOURCES = List.of(IpPrefix.of("ff00::/8"), IpPrefix.of("::1/128"));
    private static final List<IpPrefix> REFUSED_DESTINATIONS = List.of(
            IpPrefix.of("::/127"), IpPrefix.of("ff00::/15"), IpPrefix.of("ff10::/15"), IpPrefix.of("ff20::/15"),
            IpPrefix.of("ff30::/15"));
    private static final List<IpPrefix> SPECIAL = List.of(
            IpPrefix.of("0.0.0.0/8"), IpPrefix.of("127.0.0.0/8"), IpPrefix.of("224.0.0.0/3"),
            IpPrefix.of("::/8"), IpPrefix.of("fe80::/10"), IpPrefix.of("ff00::/8"));

    /** Returns what the model says. */
    static Expectation of(Judge judge, Probe probe) {
        List<Outcome> outcomes = outcomes(judge, probe.packet());
        boolean prefix = special(probe) || outcomes.stream().anyMatch(outcome -> special(outcome.last()));
        if (prefix && !probe.own()) {
            outcomes.clear();
            states(probe.packet()).forEach(packet -> outcomes.addAll(judge.beforeRouting(packet)));
        }
        List<List<Event>> ways = outcomes.stream().map(Event::of).distinct().toList();
        boolean turned = probe.own() && outcomes.stream().anyMatch(outcome -> outcome.path().contains(Hook.PREROUTING));
        return new Expectation(ways, prefix, outcomes.size() < MOST_WAYS, turned);
    }

    static List<Outcome> outcomes(Judge judge, Packet start) {
        List<Outcome> outcomes = new ArrayList<>();
        states(start).forEach(packet -> outcomes.addAll(judge.outcomes(packet)));
        return outcomes;
    }

    /** Why a packet cannot be compared at all. */
    static Optional<String> obstacle(Probe probe) {
        if (probe.packet().v6() && EXTENSION_HEADERS.contains(probe.packet().get(Field.L4PROTO).intValue())) {
            return Optional.of("an IPv6 extension header as the transport protocol");
        }
        if (probe.packet().v6() && refused(probe.packet())) {
            return Optional.of("an IPv6 address that the kernel refuses before any hook");
        }
        return probe.own() && special(probe)
                ? Optional.of("a packet of our own from or to an address that routing refuses")
                : Optional.empty();
    }

    /** As {@code ip6_rcv_core} does: no loopback from outside, no multicast source, no multicast of node scope. */
    private static boolean refused(Packet packet) {
        return REFUSED_SOURCES.stream().anyMatch(prefix -> prefix.contains(packet.source()))
                || REFUSED_DESTINATIONS.stream().anyMatch(prefix -> prefix.contains(packet.destination()));
    }

    /** Some transport protocols, and ICMP in the other IP version, are tracked by more than we write: both states. */
    private static List<Packet> states(Packet packet) {
        int protocol = packet.get(Field.L4PROTO).intValue();
        boolean strayIcmp = protocol == (packet.v6() ? 1 : 58);
        return strayIcmp || OWN_TRACKERS.contains(protocol)
                ? List.of(packet, packet.with(Field.CT_STATE, 1))
                : List.of(packet);
    }

    /** A host puts the fragments together that are for itself before its input chains see them. */
    private static boolean special(Probe probe) {
        Packet packet = probe.packet();
        boolean lastHop = packet.get(packet.v6() ? Field.IP6_HOPLIMIT : Field.IP_TTL).intValue() < 2;
        boolean toMany = packet.get(Field.PKTTYPE).signum() != 0;
        return special(packet)
                || (probe.mode() == Mode.INPUT && probe.fragment())
                || (probe.mode() == Mode.FORWARD && (lastHop || toMany));
    }

    private static boolean special(Packet packet) {
        return special(packet.source()) || special(packet.destination());
    }

    private static boolean special(IpAddress address) {
        return SPECIAL.stream().anyMatch(prefix -> prefix.contains(address));
    }

    /** Returns whether the model leaves open what happens. */
    boolean open() {
        return ways.size() > 1 || !complete;
    }

    /** Returns whether the kernel did one of the things that the model says it may do. */
    boolean allows(List<Event> kernel) {
        return ways.stream().anyMatch(way -> prefix
                ? kernel.size() >= way.size() && Event.same(way, kernel.subList(0, way.size()))
                : Event.same(way, kernel));
    }
}
