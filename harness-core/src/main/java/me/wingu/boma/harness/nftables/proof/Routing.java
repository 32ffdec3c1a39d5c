package me.wingu.boma.harness.nftables.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import me.wingu.boma.harness.nftables.Family;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.IpPrefix;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.Interval;
import me.wingu.boma.harness.nftables.semantics.RoutingDoubts;
import me.wingu.boma.harness.nftables.semantics.RuleId;

/**
 * Where arriving packets go after the prerouting hook: to this host, through it, or nowhere.
 *
 * <p>When the host's routes are not known, a packet is for this host unless its destination was translated.
 */
final class Routing {

    private static final Set<String> OURS = Set.of("local", "broadcast", "anycast", "multicast");
    private static final Condition.Unknown UNKNOWN_ROUTE = Doubt.about(
            new RuleId(Family.INET, "(routing)", "(route)", 0, 0), "the route, and with it the output interface");
    private static final Condition.Unknown BRIDGED = Doubt.about(
            new RuleId(Family.INET, "(bridge)", "(bridge)", 0, 0),
            "which frames pass a bridge: bridge-nf-call-iptables leads them through the forward chains");
    private static final BigInteger IPV6 = BigInteger.TEN;
    private static final IpPrefix LOOPBACK = IpPrefix.of("127.0.0.0/8");

    private final HostNetwork network;
    private final HeaderSpace space;
    private final Bdd bdd;

    Routing(HostNetwork network, HeaderSpace space) {
        this.network = network;
        this.space = space;
        this.bdd = space.bdd();
    }

    /**
     * Folds the routing decision.
     *
     * @param input the packets that get through once they are for this host
     * @param forward the packets that get through once they are to be forwarded, their output interface being set
     */
    int fold(int input, int forward) {
        return decide(input, device -> through(device, forward));
    }

    /**
     * Returns the packets for this host, or for something behind it: not back out of the interface they came from, and not to
     * the loopback network unless that is known to be open.
     */
    int hereOrBehind() {
        int all = untranslated(decide(NodeTable.TRUE, device -> device.map(Interfaces::number)
                .map(name -> bdd.not(space.is(Field.IIF_NAME, name)))
                .orElse(NodeTable.TRUE)));
        return bdd.difference(all, refused(NodeTable.TRUE));
    }

    /**
     * Returns the arriving packets that are addressed there, before any translation. What routing rules deliver in spite of
     * its address is addressed to others.
     */
    int addressed(Arrivals.Destination destination) {
        int delivered = untranslated(decide(NodeTable.TRUE, device -> NodeTable.FALSE));
        int policy = bdd.variable(space.unknown(RoutingDoubts.BY_POLICY));
        int here = bdd.exists(bdd.difference(delivered, policy), policy);
        return switch (destination) {
            case ANYWHERE -> NodeTable.TRUE;
            case THIS_HOST -> here;
            case ELSEWHERE -> bdd.not(here);
        };
    }

    private int untranslated(int condition) {
        return new Draft(space)
                .set(space.diverted(), new int[] {NodeTable.FALSE})
                .set(space.redirected(), new int[] {NodeTable.FALSE})
                .in(condition);
    }

    /**
     * Folds the way of frames that pass a bridge of the host: with {@code bridge-nf-call-iptables} they go through the
     * forward chains whatever their address. Which frames those are depends on Ethernet addresses: a doubt.
     */
    int bridged(int routed, int forward) {
        int result = routed;
        for (String bridge : network.filteredBridges()) {
            BigInteger name = Interfaces.number(bridge);
            int passing = new Draft(space).set(space.field(Field.OIF_NAME), space.constant(Field.OIF_NAME, name)).in(forward);
            int doubt = bdd.variable(space.unknown(BRIDGED));
            result = bdd.ite(bdd.and(space.is(Field.IIF_NAME, name), doubt), passing, result);
        }
        return result;
    }

    private int decide(int input, ToIntFunction<Optional<String>> forward) {
        int redirected = bdd.variable(space.redirected().first());
        if (!network.known()) {
            int diverted = bdd.difference(bdd.variable(space.diverted().first()), toLoopback());
            return bdd.ite(redirected, input, entering(bdd.ite(diverted, forward.applyAsInt(Optional.empty()), input)));
        }
        int routed = bdd.ite(six(), routes(true, input, forward), routes(false, input, forward));
        return bdd.ite(redirected, input, entering(routed));
    }

    private int entering(int routed) {
        int closed = bdd.not(bdd.variable(space.unknown(RoutingDoubts.LOOPBACK)));
        return bdd.difference(routed, refused(closed));
    }

    /**
     * Returns the packets for the loopback network that its own interface did not bring, where that is not allowed.
     *
     * @param unknown when those are refused for which it is not known
     */
    private int refused(int unknown) {
        if (network.enabled("net.ipv4.conf.all.route_localnet")) {
            return NodeTable.FALSE;
        }
        int refused = unknown;
        for (HostNetwork.Link link : network.links()) {
            Optional<Boolean> open = network.routesLoopback(link.name());
            if (open.isPresent()) {
                int named = space.is(Field.IIF_NAME, Interfaces.number(link.name()));
                refused = bdd.ite(named, open.get() ? NodeTable.FALSE : NodeTable.TRUE, refused);
            }
        }
        int outside = bdd.not(space.is(Field.IIF_NAME, Interfaces.number("lo")));
        return bdd.and(bdd.and(toLoopback(), outside), refused);
    }

    private int toLoopback() {
        return bdd.difference(to(LOOPBACK), six());
    }

    private int routes(boolean v6, int input, ToIntFunction<Optional<String>> forward) {
        ToIntFunction<Optional<String>> passing = forwards(v6) ? forward : device -> NodeTable.FALSE;
        int result = NodeTable.FALSE;
        if (!network.known(v6)) {
            int nowhere = bdd.variable(space.unknown(RoutingDoubts.NOWHERE));
            int other = bdd.difference(passing.applyAsInt(Optional.empty()), nowhere);
            return own(v6, input, bdd.ite(bdd.variable(space.unknown(RoutingDoubts.HERE)), input, other));
        } else if (network.routedByPolicy(v6)) {
            result = passing.applyAsInt(Optional.empty());
        } else {
            for (HostNetwork.Route route : inReverse(v6, "main", "default")) {
                result = bdd.ite(to(route.destination()), routed(route, input, passing), result);
            }
        }
        for (IpPrefix prefix : HostNetwork.NEVER_ROUTED) {
            result = override(prefix, v6, NodeTable.FALSE, result);
        }
        for (IpPrefix prefix : network.deliveredByPolicy(v6)) {
            int delivered = bdd.variable(space.unknown(RoutingDoubts.BY_POLICY));
            result = bdd.ite(bdd.and(to(prefix), delivered), input, result);
        }
        for (HostNetwork.Route route : inReverse(v6, "local")) {
            result = bdd.ite(to(route.destination()), routed(route, input, passing), result);
        }
        return own(v6, input, result);
    }

    /** What goes to the host's own addresses, and to many, is for the host whatever its routes say. */
    private int own(boolean v6, int input, int otherwise) {
        int result = otherwise;
        for (HostNetwork.Link link : network.links()) {
            for (HostNetwork.InterfaceAddress own : link.addresses()) {
                result = override(IpPrefix.of(own.address()), v6, input, result);
            }
        }
        for (IpPrefix prefix : HostNetwork.FOR_MANY) {
            result = override(prefix, v6, input, result);
        }
        return result;
    }

    private int override(IpPrefix prefix, boolean v6, int fate, int otherwise) {
        return prefix.first().v6() == v6 ? bdd.ite(to(prefix), fate, otherwise) : otherwise;
    }

    /** The route that wins comes last, so that it is asked first. */
    private List<HostNetwork.Route> inReverse(boolean v6, String... tables) {
        List<HostNetwork.Route> routes = new ArrayList<>(network.ranked(v6, List.of(tables)));
        Collections.reverse(routes);
        return routes;
    }

    private static int routed(HostNetwork.Route route, int input, ToIntFunction<Optional<String>> forward) {
        if (OURS.contains(route.type())) {
            return input;
        }
        return route.type().equals(HostNetwork.Route.UNICAST) ? forward.applyAsInt(route.device()) : NodeTable.FALSE;
    }

    /** Forwarded through a device, or through one that is not known. */
    private int through(Optional<String> device, int forward) {
        BitField oif = space.field(Field.OIF_NAME);
        int[] bits = device.map(name -> space.constant(Field.OIF_NAME, Interfaces.number(name)))
                .orElseGet(() -> space.unknownBits(UNKNOWN_ROUTE, oif.width()).stream()
                        .mapToInt(bdd::variable)
                        .toArray());
        return new Draft(space).set(oif, bits).in(forward);
    }

    /** A parameter that was not read is taken as switched on: the worse case for what is exposed. */
    private boolean forwards(boolean v6) {
        String sysctl = v6 ? "net.ipv6.conf.all.forwarding" : "net.ipv4.ip_forward";
        return !network.sysctls().containsKey(sysctl) || network.enabled(sysctl);
    }

    private int to(IpPrefix prefix) {
        Field address = prefix.first().v6() ? Field.IP6_DADDR : Field.IP_DADDR;
        return space.within(address, Interval.of(prefix));
    }

    private int six() {
        return space.is(Field.NFPROTO, IPV6);
    }
}
