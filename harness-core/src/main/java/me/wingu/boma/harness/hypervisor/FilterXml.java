package me.wingu.boma.harness.hypervisor;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes libvirt's description of the filter that contains a guest.
 *
 * <p>The guest answers everybody on its own network, and asks this machine for names and leases only. Every private,
 * shared, link-local and loopback range (RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 1122) is closed to it, and so is
 * what its profile names; the rest is the wide net.
 */
final class FilterXml {

    private static final List<String> PRIVATE = List.of(
            "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8", "fc00::/7");
    private static final List<String> EVERYTHING = List.of("0.0.0.0/0", "::/0");
    private static final int DNS = 53;
    private static final int DHCP = 67;

    private FilterXml() {}

    /**
     * Describes a filter.
     *
     * @param uuid the identity of a filter of that name that is to be replaced; empty for a new one
     */
    static String of(GuestFilter filter, Optional<String> uuid) {
        IsolatedNetwork network = filter.network();
        return Stream.of(
                        Stream.of("<filter name='" + Xml.escape(filter.name()) + "' chain='root'>"),
                        uuid.map(id -> "  <uuid>" + Xml.escape(id) + "</uuid>").stream(),
                        Stream.of("  <filterref filter='no-mac-spoofing'/>"),
                        filter.names() ? Stream.<String>empty() : noNames(),
                        thisMachine(network, filter.names()),
                        filter.neverReach().stream().map(range -> rule("drop", 150, range)),
                        ownNetwork(network).map(range -> rule("accept", 200, range)),
                        PRIVATE.stream().map(range -> rule("drop", 300, range)),
                        filter.egress() ? Stream.<String>empty() : noWayOut(),
                        Stream.of("</filter>", ""))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }

    private static Stream<String> ownNetwork(IsolatedNetwork network) {
        return Stream.of(network.prefix() + ".0/24", network.prefix6() + "/64", "fe80::/10");
    }

    /** Everything on the guest's own network is this machine, and no service of this machine is the guest's business. */
    private static Stream<String> thisMachine(IsolatedNetwork network, boolean names) {
        Stream<String> dns = names
                ? Stream.of("udp", "tcp", "udp-ipv6", "tcp-ipv6").map(protocol -> open(protocol, DNS))
                : Stream.empty();
        Stream<String> lease = Stream.of(open("udp", DHCP)); // a lease is renewed by a question to this machine alone
        Stream<String> nothingElse = Stream.of(
                newFlow("tcp", network.prefix() + ".0", 24),
                newFlow("udp", network.prefix() + ".0", 24),
                newFlow("tcp-ipv6", network.prefix6(), 64),
                newFlow("udp-ipv6", network.prefix6(), 64));
        return Stream.of(dns, lease, nothingElse).flatMap(rules -> rules);
    }

    private static String open(String protocol, int port) {
        return "  <rule action='accept' direction='out' priority='100'><%s dstportstart='%d'/></rule>"
                .formatted(protocol, port);
    }

    private static String newFlow(String protocol, String address, int length) {
        return "  <rule action='drop' direction='out' priority='120'><%s state='NEW' dstipaddr='%s' dstipmask='%d'/></rule>"
                .formatted(protocol, address, length);
    }

    /** Also the server that the network itself offers, which asks the world. */
    private static Stream<String> noNames() {
        return Stream.of("ip", "ipv6").flatMap(family -> Stream.of("udp", "tcp").map(protocol ->
                "  <rule action='drop' direction='out' priority='50'><%s protocol='%s' dstportstart='%d'/></rule>"
                        .formatted(family, protocol, DNS)));
    }

    private static Stream<String> noWayOut() {
        return Stream.concat(
                Stream.of("255.255.255.255/32", "224.0.0.0/4", "ff00::/8").map(range -> rule("accept", 400, range)),
                EVERYTHING.stream().map(range -> rule("drop", 500, range)));
    }

    private static String rule(String action, int priority, String range) {
        String[] parts = range.split("/", 2);
        boolean six = range.contains(":");
        String length = parts.length == 2 ? parts[1] : six ? "128" : "32";
        return "  <rule action='%s' direction='out' priority='%d'><%s dstipaddr='%s' dstipmask='%s'/></rule>"
                .formatted(action, priority, six ? "ipv6" : "ip", Xml.escape(parts[0]), Xml.escape(length));
    }
}
