package me.wingu.boma.harness.nftables;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What a verdict depends on besides the ruleset: interfaces, addresses, routes, kernel parameters.
 *
 * @param links the interfaces and their addresses
 * @param routes the routes of all tables
 * @param rules the routing rules that select a table, in order of priority
 * @param sysctls kernel parameters by dotted name, such as {@code net.ipv4.ip_forward}
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record HostNetwork(
        List<Link> links, List<Route> routes, List<RoutingRule> rules, Map<String, String> sysctls) {

    /** Broadcast and multicast: a host takes such packets for its own when a program has joined the group. */
    public static final List<IpPrefix> FOR_MANY =
            List.of(IpPrefix.of("224.0.0.0/4"), IpPrefix.of("255.255.255.255"), IpPrefix.of("ff00::/8"));

    /** Destinations that the kernel never forwards packets to. */
    public static final List<IpPrefix> NEVER_ROUTED =
            List.of(IpPrefix.of("127.0.0.0/8"), IpPrefix.of("::1"), IpPrefix.of("fe80::/10"));

    /** Types of routes that deliver to this host. */
    private static final Set<String> OURS = Set.of("local", "broadcast", "anycast", "multicast");

    private static final Set<String> DEFAULT_TABLES = Set.of("local", "main", "default");

    /** Takes copies. */
    public HostNetwork {
        links = List.copyOf(links);
        routes = List.copyOf(routes);
        rules = List.copyOf(rules);
        sysctls = Map.copyOf(sysctls);
    }

    /** Returns the network of which nothing is known. */
    public static HostNetwork unknown() {
        return new HostNetwork(List.of(), List.of(), List.of(), Map.of());
    }

    /** Returns whether interfaces or routes are known, so that routing can be predicted. */
    public boolean known() {
        return !links.isEmpty() || !routes.isEmpty();
    }

    /**
     * Returns whether the routes of this version of IP are known: one is, if only one that leads nowhere. Nobody has told
     * them where none is, as every kernel has one for each of its own addresses.
     */
    public boolean known(boolean v6) {
        return routes.stream().anyMatch(route -> route.destination().first().v6() == v6);
    }

    /** Returns whether somebody told the routing rules that go with the routes to other hosts. */
    public boolean rulesKnown(boolean v6) {
        return rules.stream().anyMatch(rule -> rule.v6() == v6)
                || routes.stream()
                        .filter(route -> route.destination().first().v6() == v6)
                        .noneMatch(route -> route.type().equals(Route.UNICAST));
    }

    /**
     * Returns whether more than the destination decides which table is asked: routing rules, or a route of type
     * {@code throw}, which sends packets on to the next table. Then the routes alone do not tell the way.
     */
    public boolean routedByPolicy(boolean v6) {
        return rules.stream()
                        .filter(rule -> rule.v6() == v6)
                        .anyMatch(rule -> !rule.isForAll() || !DEFAULT_TABLES.contains(rule.table()))
                || routes.stream()
                        .filter(route -> route.destination().first().v6() == v6)
                        .anyMatch(route -> route.type().equals("throw"));
    }

    /**
     * Returns the destinations that routing rules may deliver to this host: those of its own kind of routes in a table that
     * only some packets ask, such as the one of everything that a transparent proxy has.
     */
    public List<IpPrefix> deliveredByPolicy(boolean v6) {
        return routes.stream()
                .filter(route -> route.destination().first().v6() == v6 && routedByPolicy(v6))
                .filter(route -> !route.table().equals("local") && OURS.contains(route.type()))
                .map(Route::destination)
                .toList();
    }

    /** Returns whether every packet's route is looked for in the local table first; so it is unless somebody moved its rule. */
    public boolean asksLocalTableFirst(boolean v6) {
        return rules.stream()
                .filter(rule -> rule.v6() == v6)
                .min(Comparator.comparingInt(RoutingRule::priority))
                .map(rule -> rule.isForAll() && rule.table().equals("local"))
                .orElse(true);
    }

    /**
     * Returns routes in the order in which the kernel asks for them: table by table, then the longest prefix, then the
     * lowest metric. Those that have all three in common stand together: the kernel shares the packets out among them
     * (multipath), or looks at more than the destination (type of service, the device of a link-local address).
     *
     * @param v6 for IPv6
     * @param tables the names of tables, the first to be asked first
     */
    public List<List<Route>> ranks(boolean v6, List<String> tables) {
        Map<List<Object>, List<Route>> ranks = new LinkedHashMap<>();
        routes.stream()
                .filter(route -> route.destination().first().v6() == v6 && tables.contains(route.table()))
                .sorted(Comparator.comparingInt((Route route) -> tables.indexOf(route.table()))
                        .thenComparingInt(route -> -route.destination().length())
                        .thenComparingLong(Route::metric))
                .forEach(route -> ranks.computeIfAbsent(
                                List.of(route.table(), route.destination(), route.metric()), rank -> new ArrayList<>())
                        .add(route));
        return List.copyOf(ranks.values());
    }

    /** Returns one route for each of the {@link #ranks}, without a device unless all of them lead through the same. */
    public List<Route> ranked(boolean v6, List<String> tables) {
        return ranks(v6, tables).stream()
                .map(rank -> rank.stream().reduce(Route::or).orElseThrow())
                .toList();
    }

    /** Returns the bridges whose frames go through the forward chains of IP tables ({@code bridge-nf-call-iptables}). */
    public Set<String> filteredBridges() {
        boolean on = enabled("net.bridge.bridge-nf-call-iptables") || enabled("net.bridge.bridge-nf-call-ip6tables");
        return on ? links.stream().flatMap(link -> link.bridge().stream()).collect(Collectors.toSet()) : Set.of();
    }

    /**
     * Returns whether packets for 127.0.0.0/8 may come in there, when that is known; {@code ip_route_input_slow} in the kernel
     * drops them otherwise. Either of two parameters switches it on: that of all interfaces, and the interface's own.
     */
    public Optional<Boolean> routesLoopback(String device) {
        String own = "net.ipv4.conf." + device + ".route_localnet";
        if (device.equals("lo") || enabled("net.ipv4.conf.all.route_localnet") || enabled(own)) {
            return Optional.of(true);
        }
        boolean known = sysctls.containsKey("net.ipv4.conf.all.route_localnet") && sysctls.containsKey(own);
        return known ? Optional.of(false) : Optional.empty();
    }

    /** Returns the interface of this name. */
    public Optional<Link> link(String name) {
        return links.stream().filter(link -> link.name().equals(name)).findFirst();
    }

    /** Returns whether a kernel parameter is known and neither 0 nor empty. */
    public boolean enabled(String sysctl) {
        String value = sysctls.getOrDefault(sysctl, "0").strip();
        return !value.isEmpty() && !value.equals("0");
    }

    /**
     * One interface.
     *
     * @param name its name
     * @param index its number, 0 when not known
     * @param type its link type, such as {@code ether} or {@code loopback}
     * @param bridge the bridge that it is a port of
     * @param addresses its addresses with the length of their subnet
     */
    public record Link(
            String name, int index, String type, Optional<String> bridge, List<InterfaceAddress> addresses) {
        /** Takes a copy. */
        public Link {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * An address of an interface.
     *
     * @param address the address
     * @param prefixLength the length of its subnet's prefix
     */
    public record InterfaceAddress(IpAddress address, int prefixLength) {

        /** Returns its subnet. */
        public IpPrefix subnet() {
            return new IpPrefix(address, prefixLength);
        }
    }

    /**
     * One route.
     *
     * @param destination the addresses that it is for
     * @param type {@code unicast}, {@code local}, {@code broadcast}, {@code blackhole}, …
     * @param device the interface that it leads through; empty when it leads through none, or when it is not known which
     * @param metric lower wins among equally long prefixes
     * @param table {@code main}, {@code local} or another name or number
     */
    public record Route(IpPrefix destination, String type, Optional<String> device, long metric, String table) {

        /** The type of a route that leads to another host. */
        public static final String UNICAST = "unicast";

        /** Returns what is known of one of the two, when it is not known of which. */
        private Route or(Route other) {
            return new Route(
                    destination,
                    type.equals(other.type) ? type : UNICAST,
                    device.equals(other.device) ? device : Optional.empty(),
                    metric,
                    table);
        }
    }

    /**
     * One routing rule.
     *
     * @param priority lower is asked first
     * @param v6 whether it is for IPv6
     * @param from the sources that it is for; all when absent
     * @param table the table that it selects
     * @param other what else it asks (mark, interface, …), as JSON; empty when nothing
     */
    public record RoutingRule(int priority, boolean v6, Optional<IpPrefix> from, String table, String other) {

        /** Returns whether it is for every packet of its version of IP. */
        boolean isForAll() {
            return from.isEmpty() && other.isEmpty();
        }
    }
}
