package me.wingu.boma.harness.nftables.semantics;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import me.wingu.boma.harness.nftables.Expression;
import me.wingu.boma.harness.nftables.Family;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.IpPrefix;
import org.jspecify.annotations.Nullable;

/** Readings of the routing table ({@code fib}), turned into conditions over addresses by the host's routes. */
final class FibReadings {

    private static final List<String> DEFAULT_TABLES = List.of("local", "main", "default");
    private static final int UNICAST = 1;
    private static final int LOCAL = 2;
    private static final int BROADCAST = 3;
    private static final int MULTICAST = 5;

    /** What a host sends that has no address yet, such as a DHCP client: {@code nft_fib4_eval} finds it where it came in. */
    private static final Condition ASKS_FOR_AN_ADDRESS = Condition.all(
            Condition.is(Field.NFPROTO, 2),
            Condition.test(Field.IP_SADDR, range("0.0.0.0/8")),
            Condition.test(Field.IP_DADDR, range("255.255.255.255/32").or(range("224.0.0.0/24"))));

    private final Family family;
    private final HostNetwork network;
    private @Nullable RoutedTypes six;

    FibReadings(Family family, HostNetwork network) {
        this.family = family;
        this.network = network;
    }

    Reading read(Expression.Fib fib) {
        boolean four = family == Family.IP6 || network.known(false);
        boolean six = family == Family.IP || network.known(true);
        if (!four || !six) {
            throw new NotModelled("fib without knowledge of the host's routes");
        } else if (family == Family.BRIDGE || family == Family.NETDEV || family == Family.ARP) {
            throw new NotModelled("fib in a table of the family " + family.keyword());
        }
        boolean source = fib.flags().contains("saddr");
        return switch (fib.result()) {
            case "type" -> types(fib, source);
            case "oif", "check" -> existence(fib, source);
            default -> throw new NotModelled("fib " + fib.result());
        };
    }

    /**
     * Of IPv4 the local table alone is asked, and everything else is unicast ({@code inet_dev_addr_type} in the kernel); of
     * IPv6 it is the first, unless routing rules say otherwise.
     */
    private Reading types(Expression.Fib fib, boolean source) {
        if (!network.asksLocalTableFirst(true)) {
            throw new NotModelled("fib type where routing rules come before the local table");
        }
        if (fib.flags().contains("iif") || fib.flags().contains("oif")) {
            throw new NotModelled("fib type on one interface");
        }
        Map<Integer, Values> four = fourTypes(RouteMap.of(network, false, List.of("local")));
        Field address = source ? Field.IP6_SADDR : Field.IP6_DADDR;
        return Reading.derived(DataType.FIB_TYPE, 32, Condition.always(), values -> Condition.any(List.of(
                version(2, source ? Field.IP_SADDR : Field.IP_DADDR, chosen(four, values)),
                family == Family.IP
                        ? Condition.never()
                        : Condition.all(Condition.is(Field.NFPROTO, 10), sixTypes().among(values, address)))));
    }

    private RoutedTypes sixTypes() {
        if (six == null) {
            six = new RoutedTypes(network);
        }
        return six;
    }

    private static Map<Integer, Values> fourTypes(RouteMap routes) {
        Values broadcast = range("0.0.0.0/8").or(range("255.255.255.255/32"));
        Values multicast = range("224.0.0.0/4");
        Values special = broadcast.or(multicast);
        Values local = routes.ofType("local").and(special.complement(32), 32);
        broadcast = broadcast.or(routes.ofType("broadcast").and(multicast.complement(32), 32));
        Values rest = local.or(broadcast).or(multicast).complement(32);
        return Map.of(LOCAL, local, BROADCAST, broadcast, MULTICAST, multicast, UNICAST, rest);
    }

    private static Values range(String prefix) {
        return Values.of(IpPrefix.of(prefix));
    }

    private static Values chosen(Map<Integer, Values> byType, Values types) {
        List<Interval> all = new ArrayList<>();
        byType.forEach((type, addresses) -> {
            if (types.contains(BigInteger.valueOf(type))) {
                all.addAll(addresses.intervals());
            }
        });
        return new Values(all);
    }

    private Reading existence(Expression.Fib fib, boolean source) {
        if (network.routedByPolicy(false) || network.routedByPolicy(true)) {
            throw new NotModelled("fib " + fib.result() + " with policy routing");
        }
        if (!fib.flags().contains("iif") || fib.flags().contains("oif")) {
            throw new NotModelled("fib " + fib.result() + " without iif");
        }
        Condition found = Condition.any(List.of(
                through(2, false, source ? Field.IP_SADDR : Field.IP_DADDR),
                through(10, true, source ? Field.IP6_SADDR : Field.IP6_DADDR),
                ASKS_FOR_AN_ADDRESS,
                Condition.test(Field.IIF_NAME, ValueReader.name("lo"))));
        return Reading.derived(DataType.BOOLEAN, 8, Condition.always(), values -> existence(found, values));
    }

    private static Condition existence(Condition found, Values values) {
        boolean zero = values.contains(BigInteger.ZERO);
        boolean other = values.contains(BigInteger.ONE);
        if (zero == other) {
            return zero ? Condition.always() : Condition.never();
        }
        return other ? found : Condition.not(found);
    }

    private Condition through(int nfproto, boolean v6, Field address) {
        RouteMap routes = RouteMap.of(network, v6, DEFAULT_TABLES);
        if (!routes.tellsDevices()) {
            throw new NotModelled("fib with a route for some sources or types of service only");
        }
        List<Condition> perDevice = new ArrayList<>();
        for (HostNetwork.Link link : network.links()) {
            Values reachable = routes.through(link.name(), Set.of(HostNetwork.Route.UNICAST));
            perDevice.add(Condition.all(
                    Condition.test(Field.IIF_NAME, Values.of(ValueReader.exactName(link.name()))),
                    Condition.test(address, reachable)));
        }
        return Condition.all(Condition.is(Field.NFPROTO, nfproto), Condition.any(perDevice));
    }

    private static Condition version(int nfproto, Field address, Values values) {
        return Condition.all(Condition.is(Field.NFPROTO, nfproto), Condition.test(address, values));
    }
}
