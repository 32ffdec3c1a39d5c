package me.wingu.boma.harness.nftables.evaluation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.IpPrefix;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.RoutingDoubts;

/** Asks the host's routes where an address leads; made ready once, as every packet asks. */
final class Router {

    private static final List<String> TABLES = List.of("main", "default");
    private static final Set<String> OURS = Set.of("local", "broadcast", "anycast", "multicast");
    private static final Leg HERE = Leg.through(Fate.HERE, "lo");
    static final Leg SOMEWHERE = Leg.through(Fate.SOMEWHERE, "");
    private static final Leg NOWHERE = Leg.through(Fate.NOWHERE, "");

    /** What becomes of a packet. */
    enum Fate {
        /** It is for this host. */
        HERE,
        /** It goes on through a device. */
        THROUGH,
        /** It goes on, through a device that its destination alone does not tell. */
        SOMEWHERE,
        /** Nothing leads there. */
        NOWHERE
    }

    /** Where an address leads, and how the device is coded in fields; a packet of our own to ourselves goes to loopback. */
    record Leg(Fate fate, BigInteger device, int linkType) {

        static Leg through(Fate fate, String device) {
            return new Leg(fate, InterfaceNames.number(device), InterfaceNames.linkType(device));
        }
    }

    private final HostNetwork network;
    private final WideIntervals loopback = WideIntervals.of(IpPrefix.of("127.0.0.0/8"));
    private final Legs four;
    private final Legs six;
    private final boolean forwardsFour;
    private final boolean forwardsSix;
    private final Set<String> filteredBridges;

    Router(HostNetwork network) {
        this.network = network;
        this.four = new Legs(network, false);
        this.six = new Legs(network, true);
        this.forwardsFour = forwards("net.ipv4.ip_forward");
        this.forwardsSix = forwards("net.ipv6.conf.all.forwarding");
        this.filteredBridges = network.filteredBridges();
    }

    boolean known() {
        return network.known();
    }

    /** Returns where the packet's destination leads. */
    Leg leg(PacketState packet) {
        boolean v6 = packet.v6();
        int field = (v6 ? Field.IP6_DADDR : Field.IP_DADDR).index();
        return (v6 ? six : four).find(packet.high[field], packet.low[field], packet);
    }

    /** Returns whether the packet is for an address of the loopback network of IPv4. */
    boolean toLoopback(PacketState packet) {
        int field = Field.IP_DADDR.index();
        return !packet.v6() && loopback.contains(packet.high[field], packet.low[field]);
    }

    /** Returns whether the kernel drops an arriving packet because only lo may bring it. */
    boolean refuses(PacketState packet) {
        return toLoopback(packet)
                && !Packet.of(packet).input().flatMap(network::routesLoopback)
                        .orElseGet(() -> packet.unknown(RoutingDoubts.LOOPBACK));
    }

    /** Returns whether packets that come in there may be frames that only pass a bridge, and yet are filtered. */
    boolean bridges(PacketState packet) {
        return !filteredBridges.isEmpty()
                && Packet.of(packet).input().filter(filteredBridges::contains).isPresent();
    }

    /** Returns whether the host forwards, as far as its parameters are known. */
    boolean forwards(boolean v6) {
        return v6 ? forwardsSix : forwardsFour;
    }

    private boolean forwards(String sysctl) {
        return !network.sysctls().containsKey(sysctl) || network.enabled(sysctl);
    }

    /** The destinations of one version of IP, the one that wins first. */
    private static final class Legs {

        private final List<Leg> legs = new ArrayList<>();
        private final List<WideIntervals> destinations = new ArrayList<>();
        /** Why each leg may not be taken after all; the next one that fits is, then. */
        private final List<Optional<Condition.Unknown>> doubts = new ArrayList<>();

        /** Own addresses and groups, then the local table, then the others unless routing rules decide which to ask. */
        Legs(HostNetwork network, boolean v6) {
            HostNetwork.FOR_MANY.forEach(prefix -> add(prefix, v6, HERE));
            network.links().forEach(link -> link.addresses().forEach(own ->
                    add(IpPrefix.of(own.address()), v6, HERE)));
            IpPrefix all = IpPrefix.of(v6 ? "::/0" : "0.0.0.0/0");
            if (!network.known(v6)) {
                add(all, v6, HERE, Optional.of(RoutingDoubts.HERE));
                add(all, v6, NOWHERE, Optional.of(RoutingDoubts.NOWHERE));
                add(all, v6, SOMEWHERE);
                return;
            }
            network.ranked(v6, List.of("local")).forEach(route -> add(route, v6));
            network.deliveredByPolicy(v6).forEach(prefix -> add(prefix, v6, HERE, Optional.of(RoutingDoubts.BY_POLICY)));
            HostNetwork.NEVER_ROUTED.forEach(prefix -> add(prefix, v6, NOWHERE));
            if (network.routedByPolicy(v6)) {
                add(all, v6, SOMEWHERE);
            } else {
                network.ranked(v6, TABLES).forEach(route -> add(route, v6));
            }
        }

        private void add(HostNetwork.Route route, boolean v6) {
            Leg unicast = route.device().map(device -> Leg.through(Fate.THROUGH, device)).orElse(SOMEWHERE);
            Leg other = OURS.contains(route.type()) ? HERE : NOWHERE;
            add(route.destination(), v6, route.type().equals(HostNetwork.Route.UNICAST) ? unicast : other);
        }

        private void add(IpPrefix prefix, boolean v6, Leg leg) {
            add(prefix, v6, leg, Optional.empty());
        }

        private void add(IpPrefix prefix, boolean v6, Leg leg, Optional<Condition.Unknown> doubt) {
            if (prefix.first().v6() == v6) {
                legs.add(leg);
                doubts.add(doubt);
                destinations.add(WideIntervals.of(prefix));
            }
        }

        Leg find(long high, long low, PacketState packet) {
            for (int i = 0; i < legs.size(); i++) {
                if (destinations.get(i).contains(high, low)
                        && (doubts.get(i).isEmpty() || packet.unknown(doubts.get(i).get()))) {
                    return legs.get(i);
                }
            }
            return NOWHERE;
        }
    }
}
