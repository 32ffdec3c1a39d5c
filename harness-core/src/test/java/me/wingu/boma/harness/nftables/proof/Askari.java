package me.wingu.boma.harness.nftables.proof;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.IpPrefix;
import me.wingu.boma.harness.nftables.RulesetReader;

/**
 * A public Docker host like askari: default-deny input, published ports 80, 443 and 3478, SSH by the mesh and from one
 * address. The ruleset is what nft printed after iptables-nft had loaded Docker's rules.
 */
final class Askari {

    static final IpAddress CONTAINER = IpAddress.of("172.18.0.2");
    static final IpAddress CONTAINER6 = IpAddress.of("fd00:18::2");

    private Askari() {}

    /** Returns the listing; Docker publishes by IPv4 only, as it does by default. */
    static String json() {
        return resource("askari.json");
    }

    /** Returns the listing with a default-deny for IPv6 that would pass through; Docker leaves that open. */
    static String closedToIpv6Transit() {
        return json()
                .replaceFirst(
                        "(\"family\": \"ip6\", \"table\": \"filter\", \"name\": \"FORWARD\".*\"policy\": )\"accept\"",
                        "$1\"drop\"");
    }

    /** Returns the listing of the same host with Docker's IPv6 switched on. */
    static String jsonWithIpv6() {
        return resource("askari-ipv6.json");
    }

    static Firewall firewall(String json) {
        return new Firewall(new RulesetReader().read(json), network());
    }

    static HostNetwork network() {
        List<HostNetwork.Link> links = List.of(
                link("lo", 1, "loopback", "127.0.0.1/8", "::1/128"),
                link("eth0", 2, "ether", "203.0.113.5/24", "2001:db8:5::5/64"),
                link("docker0", 3, "ether", "172.17.0.1/16"),
                link("br-proxy", 4, "ether", "172.18.0.1/16", "fd00:18::1/64"),
                link("wt0", 5, "none", "100.99.0.1/16"));
        List<HostNetwork.Route> routes = new ArrayList<>(List.of(
                route("0.0.0.0/0", "unicast", "eth0", "main"),
                route("::/0", "unicast", "eth0", "main"),
                route("127.0.0.0/8", "local", "lo", "local")));
        for (HostNetwork.Link link : links) {
            for (HostNetwork.InterfaceAddress own : link.addresses()) {
                routes.add(route(own.address().toString(), "local", link.name(), "local"));
                routes.add(route(own.subnet().toString(), "unicast", link.name(), "main"));
            }
        }
        Map<String, String> sysctls = Map.of("net.ipv4.ip_forward", "1", "net.ipv6.conf.all.forwarding", "1");
        return new HostNetwork(links, routes, List.of(), sysctls);
    }

    private static HostNetwork.Link link(String name, int index, String type, String... addresses) {
        List<HostNetwork.InterfaceAddress> own = new ArrayList<>();
        for (String address : addresses) {
            int slash = address.indexOf('/');
            own.add(new HostNetwork.InterfaceAddress(
                    IpAddress.of(address.substring(0, slash)), Integer.parseInt(address.substring(slash + 1))));
        }
        return new HostNetwork.Link(name, index, type, Optional.empty(), own);
    }

    private static HostNetwork.Route route(String to, String type, String device, String table) {
        return new HostNetwork.Route(IpPrefix.of(to), type, Optional.of(device), 0, table);
    }

    private static String resource(String name) {
        try (InputStream in = Askari.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
