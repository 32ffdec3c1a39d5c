package me.wingu.boma.harness.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON of {@code ip -d addr}, {@code ip route show table all} and {@code ip rule}. */
final class NetworkReader {

    private static final JsonMapper JSON = JsonMapper.shared();
    /** What makes one interface of its kind another than the next. */
    private static final Set<String> SETTINGS = Set.of(
            "id", "protocol", "mode", "miimon", "vlan_filtering", "stp_state", "local", "remote", "key", "ikey", "okey", "table", "port",
            "type", "xmit_hash_policy", "ad_lacp_rate");

    private static final Set<String> NO_SELECTOR = Set.of("priority", "src", "srclen", "table", "protocol", "dst", "dstlen");

    private NetworkReader() {}

    static Network read(String host, Map<String, String> text) {
        Parts parts = Parts.of(text.getOrDefault("network", ""));
        List<Link> links = new ArrayList<>();
        List<Route> routes = new ArrayList<>();
        List<RoutingRule> rules = new ArrayList<>();
        values(parts.text("addr")).forEach(link -> links.add(link(link)));
        for (Socket.Family family : Socket.Family.values()) {
            boolean six = family == Socket.Family.IPV6;
            for (JsonNode node : values(parts.text(six ? "inet6" : "inet"))) {
                if (node.has("priority")) {
                    rules.add(rule(family, node));
                } else {
                    ways(node).forEach(way -> routes.add(route(family, node, way)));
                }
            }
        }
        if (links.isEmpty()) {
            throw new SectionReader.Unreadable("at least one interface", parts.text("addr"));
        }
        return new Network(host, links, routes, rules);
    }

    /** Arrays, one a line, as a batch of ip commands prints them; a command without an answer prints empty objects. */
    private static List<JsonNode> values(String text) {
        List<JsonNode> nodes = new ArrayList<>();
        for (String line : text.lines().filter(each -> !each.isBlank()).toList()) {
            try {
                JSON.readTree(line).forEach(element -> {
                    if (element.isObject() && !element.isEmpty()) {
                        nodes.add(element);
                    }
                });
            } catch (JacksonException e) {
                throw new SectionReader.Unreadable("JSON of ip", line);
            }
        }
        return nodes;
    }

    private static Link link(JsonNode json) {
        List<String> flags = new ArrayList<>();
        json.path("flags").forEach(flag -> flags.add(flag.asString("")));
        List<Link.Address> addresses = new ArrayList<>();
        for (JsonNode address : json.path("addr_info")) {
            if (address.has("local")) {
                addresses.add(new Link.Address(
                        address.path("local").asString(""),
                        address.path("prefixlen").asInt(0),
                        address.path("scope").asString(""),
                        address.path("dynamic").asBoolean(false)));
            }
        }
        return new Link(
                json.path("ifname").asString(""),
                json.path("linkinfo").path("info_kind").asString(""),
                flags.contains("UP"),
                flags.contains("LOWER_UP"),
                json.path("mtu").asInt(0),
                text(json, "address"),
                text(json, "master"),
                settings(json),
                addresses);
    }

    private static Map<String, String> settings(JsonNode link) {
        Map<String, String> settings = new TreeMap<>();
        text(link, "link").ifPresent(below -> settings.put("link", below));
        link.path("linkinfo").path("info_data").properties().stream()
                .filter(entry -> SETTINGS.contains(entry.getKey()))
                .forEach(entry -> settings.put(entry.getKey(), entry.getValue().asString("")));
        return settings;
    }

    /** The next hops of a route that has several; or it alone. */
    private static Stream<JsonNode> ways(JsonNode route) {
        JsonNode hops = route.path("nexthops");
        return hops.isEmpty() ? Stream.of(route) : hops.valueStream();
    }

    private static Route route(Socket.Family family, JsonNode json, JsonNode way) {
        return new Route(
                family,
                json.path("dst").asString(""),
                json.path("type").asString("unicast"),
                text(way, "gateway").or(() -> text(way.path("via"), "host")),
                text(way, "dev"),
                text(json, "prefsrc"),
                json.path("table").asString("main"),
                json.path("protocol").asString(""),
                json.path("metric").asLong(0),
                options(json, way));
    }

    private static List<String> options(JsonNode route, JsonNode way) {
        List<String> options = new ArrayList<>();
        for (JsonNode metrics : route.path("metrics")) {
            metrics.properties().forEach(entry -> options.add(entry.getKey() + " " + entry.getValue().asString("")));
        }
        if (way.path("weight").asInt(1) > 1) {
            options.add("weight " + way.path("weight").asInt());
        }
        for (JsonNode flag : way.path("flags")) {
            if (flag.asString("").equals("onlink")) {
                options.add("onlink");
            }
        }
        return options;
    }

    private static RoutingRule rule(Socket.Family family, JsonNode json) {
        StringBuilder selector = new StringBuilder("from " + prefix(json, "src"));
        if (json.has("dst")) {
            selector.append(" to ").append(prefix(json, "dst"));
        }
        json.properties().forEach(entry -> {
            if (!NO_SELECTOR.contains(entry.getKey())) {
                selector.append(' ').append(entry.getKey()).append(' ').append(entry.getValue().asString(""));
            }
        });
        return new RoutingRule(
                family,
                json.path("priority").asInt(0),
                selector.toString().strip(),
                json.path("table").asString(""));
    }

    private static String prefix(JsonNode json, String key) {
        String length = json.path(key + "len").asString("");
        return json.path(key).asString("all") + (length.isEmpty() ? "" : "/" + length);
    }

    private static Optional<String> text(JsonNode json, String key) {
        return Optional.of(json.path(key).asString("")).filter(value -> !value.isEmpty());
    }
}
