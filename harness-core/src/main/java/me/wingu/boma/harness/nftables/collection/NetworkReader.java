package me.wingu.boma.harness.nftables.collection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.IpPrefix;
import me.wingu.boma.harness.nftables.NftablesException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what {@code ip -j} prints about addresses, routes and routing rules. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class NetworkReader {

    private final JsonMapper json = new JsonMapper();

    /** Creates a reader. */
    public NetworkReader() {}

    /**
     * Reads the network of a host; an empty text stands for what nobody asked the host.
     *
     * @param addresses the output of {@code ip -j addr}
     * @param routes4 the output of {@code ip -4 -j route show table all}
     * @param routes6 the output of {@code ip -6 -j route show table all}
     * @param rules4 the output of {@code ip -4 -j rule}
     * @param rules6 the output of {@code ip -6 -j rule}
     * @param sysctls kernel parameters by dotted name
     * @throws NftablesException when one of the texts is not what it should be
     */
    public HostNetwork read(
            String addresses, String routes4, String routes6, String rules4, String rules6, Map<String, String> sysctls) {
        List<HostNetwork.Route> routes = new ArrayList<>(routes(routes4, false));
        routes.addAll(routes(routes6, true));
        List<HostNetwork.RoutingRule> rules = new ArrayList<>(rules(rules4, false));
        rules.addAll(rules(rules6, true));
        return new HostNetwork(
                each("ip -j addr", addresses, NetworkReader::link), routes, rules, sysctls);
    }

    private <T> List<T> each(String command, String text, Function<JsonNode, T> part) {
        if (text.isBlank()) {
            return List.of();
        }
        try {
            List<T> all = new ArrayList<>();
            for (JsonNode node : json.readTree(text)) {
                if (!node.isEmpty()) {
                    all.add(part.apply(node));
                }
            }
            return all;
        } catch (JacksonException e) {
            throw new NftablesException("Not what `" + command + "` prints: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new NftablesException("Not what `" + command + "` prints: " + e.getMessage(), e);
        }
    }

    private static HostNetwork.Link link(JsonNode node) {
        List<HostNetwork.InterfaceAddress> addresses = new ArrayList<>();
        for (JsonNode address : node.path("addr_info")) {
            IpAddress.parse(address.path("local").asString("")).ifPresent(ip ->
                    addresses.add(new HostNetwork.InterfaceAddress(ip, address.path("prefixlen").asInt(ip.bits()))));
        }
        String name = node.path("ifname").asString("");
        return new HostNetwork.Link(
                name, node.path("ifindex").asInt(0), node.path("link_type").asString("ether"),
                word(node, "master"), addresses);
    }

    private static Optional<String> word(JsonNode node, String key) {
        return Optional.of(node.path(key).asString("")).filter(text -> !text.isEmpty());
    }

    private List<HostNetwork.Route> routes(String text, boolean v6) {
        List<HostNetwork.Route> routes =
                each("ip -j route", text, node -> ways(node).map(way -> route(node, way, v6)).toList()).stream()
                        .flatMap(List::stream)
                        .toList();
        return routes.isEmpty() && !text.isBlank() ? List.of(none(v6)) : routes;
    }

    /** An empty list says that nothing leads anywhere, as the kernel's own last route of IPv6 does. */
    private static HostNetwork.Route none(boolean v6) {
        return new HostNetwork.Route(
                IpPrefix.of(v6 ? "::/0" : "0.0.0.0/0"), "unreachable", Optional.empty(), 0xffffffffL, "default");
    }

    /** The next hops of a route that has several, or it alone; without those that the kernel does not use. */
    private static Stream<JsonNode> ways(JsonNode route) {
        JsonNode hops = route.path("nexthops");
        return (hops.isEmpty() ? Stream.of(route) : hops.valueStream())
                .filter(way -> way.path("flags").valueStream().noneMatch(flag -> flag.asString("").equals("dead")));
    }

    private static HostNetwork.Route route(JsonNode node, JsonNode way, boolean v6) {
        String destination = node.path("dst").asString("");
        IpPrefix prefix = IpPrefix.of(destination.equals("default") ? (v6 ? "::/0" : "0.0.0.0/0") : destination);
        boolean forAll = !node.has("from") && !node.has("tos");
        return new HostNetwork.Route(
                prefix, node.path("type").asString(HostNetwork.Route.UNICAST), word(way, "dev").filter(device -> forAll),
                node.path("metric").asLong(0), node.path("table").asString("main"));
    }

    private List<HostNetwork.RoutingRule> rules(String text, boolean v6) {
        return each("ip -j rule", text, node -> rule(node, v6));
    }

    private static HostNetwork.RoutingRule rule(JsonNode node, boolean v6) {
        String source = node.path("src").asString("all");
        Optional<IpPrefix> from = source.equals("all")
                ? Optional.empty()
                : Optional.of(IpPrefix.of(source + (node.has("srclen") ? "/" + node.path("srclen").asInt() : "")));
        List<String> known = List.of("priority", "src", "srclen", "table", "protocol");
        boolean plain = node.propertyNames().stream().allMatch(known::contains);
        return new HostNetwork.RoutingRule(
                node.path("priority").asInt(0), v6, from, node.path("table").asString("main"),
                plain ? "" : node.toString());
    }
}
