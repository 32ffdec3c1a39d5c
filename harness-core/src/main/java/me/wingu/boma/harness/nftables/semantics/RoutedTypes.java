package me.wingu.boma.harness.nftables.semantics;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.IpPrefix;

/**
 * The types of addresses of IPv6. The route that a packet to the address would take decides, of whatever table, and an address
 * without a route is unreachable: {@code __nft_fib6_eval_type} in the kernel.
 */
final class RoutedTypes {

    private static final int UNSPECIFIED = 0;
    private static final int UNICAST = 1;
    private static final int LOCAL = 2;
    private static final int ANYCAST = 4;
    private static final int MULTICAST = 5;
    private static final int UNREACHABLE = 7;
    private static final Map<String, Integer> BY_ROUTE =
            Map.of("local", LOCAL, "anycast", ANYCAST, "blackhole", 6, "unreachable", UNREACHABLE, "prohibit", 8);

    /** What an address may be that is not in the local table, where routing rules choose the table. */
    private static final Set<Integer> BY_POLICY = Set.of(UNSPECIFIED, UNICAST, ANYCAST, 6, UNREACHABLE, 8, 9);

    /** The first address of a shorter prefix is its anycast address: {@code ipv6_anycast_destination}. */
    private static final int SHORTER = 127;

    /** Beyond so many, nothing is told of the first addresses of routes. */
    private static final int FIRST_ADDRESSES = 64;

    private static final Values FOR_MANY = Values.of(IpPrefix.of("ff00::/8"));
    private static final Values NEITHER = Values.of(IpPrefix.of("::")).or(Values.of(IpPrefix.of("::ffff:0:0/96")));

    private final Map<Integer, Values> certain = new HashMap<>();
    private final Map<BigInteger, Integer> first = new LinkedHashMap<>();
    private final boolean policy;

    RoutedTypes(HostNetwork network) {
        RouteMap all = RouteMap.of(network, true, List.of("local", "main", "default"));
        this.policy = network.routedByPolicy(true) || !all.tellsDevices();
        RouteMap known = policy ? RouteMap.of(network, true, List.of("local")) : all;
        known.shares().forEach(this::add);
        Values covered = union(certain.values());
        Values uncovered = covered.or(FOR_MANY).complement(Field.IP6_DADDR.bits());
        add(MULTICAST, covered.complement(Field.IP6_DADDR.bits()), FOR_MANY); // of a host that listens to nobody
        if (!policy) {
            add(UNREACHABLE, uncovered, uncovered);
        }
    }

    private void add(HostNetwork.Route route, Values share) {
        Integer type = BY_ROUTE.get(route.type());
        Values others = FOR_MANY.or(NEITHER).complement(Field.IP6_DADDR.bits());
        add(MULTICAST, share, type == null ? FOR_MANY : Values.none());
        add(UNSPECIFIED, share, type == null ? NEITHER : Values.none());
        add(type == null ? UNICAST : type, share, type == null ? others : share);
        BigInteger start = Values.of(route.destination()).intervals().get(0).low();
        boolean leads = type == null || type == LOCAL;
        if (leads && route.destination().length() < SHORTER && share.contains(start)) {
            first.put(start, certain.entrySet().stream()
                    .filter(entry -> entry.getValue().contains(start))
                    .findFirst()
                    .orElseThrow()
                    .getKey());
        }
    }

    private void add(int type, Values share, Values part) {
        Values both = share.equals(part) ? share : share.and(part, Field.IP6_DADDR.bits());
        certain.merge(type, both, Values::or);
    }

    private static Values union(Iterable<Values> parts) {
        List<Interval> all = new ArrayList<>();
        parts.forEach(part -> all.addAll(part.intervals()));
        return new Values(all);
    }

    /**
     * Returns the condition that an address is of one of the types.
     *
     * @throws NotModelled when more than the address decides
     */
    Condition among(Values types, Field address) {
        Values in = union(certain.entrySet().stream().filter(entry -> has(types, entry.getKey())).map(Map.Entry::getValue).toList());
        Values out = union(certain.entrySet().stream().filter(entry -> !has(types, entry.getKey())).map(Map.Entry::getValue).toList());
        boolean someByPolicy = BY_POLICY.stream().anyMatch(type -> has(types, type));
        boolean allByPolicy = BY_POLICY.stream().allMatch(type -> has(types, type));
        if (!in.and(out, address.bits()).isEmpty() || (policy && someByPolicy && !allByPolicy)) {
            throw new NotModelled("fib type where more than the address decides its route");
        } else if (policy && allByPolicy) {
            in = out.complement(address.bits());
        }
        List<BigInteger> open = first.entrySet().stream()
                .filter(entry -> has(types, entry.getValue()) != has(types, ANYCAST))
                .map(Map.Entry::getKey)
                .toList();
        if (open.size() > FIRST_ADDRESSES) {
            throw new NotModelled("fib type with more than " + FIRST_ADDRESSES + " routes to whole networks");
        }
        List<Condition> ways = new ArrayList<>();
        Values told = union(open.stream().map(Values::of).toList()).complement(address.bits());
        ways.add(Condition.test(address, in.and(told, address.bits())));
        for (BigInteger each : open) {
            Condition anycast = RoutingDoubts.anycast(each);
            ways.add(Condition.all(
                    Condition.test(address, Values.of(each)), has(types, ANYCAST) ? anycast : Condition.not(anycast)));
        }
        return Condition.any(ways);
    }

    private static boolean has(Values types, int type) {
        return types.contains(BigInteger.valueOf(type));
    }
}
