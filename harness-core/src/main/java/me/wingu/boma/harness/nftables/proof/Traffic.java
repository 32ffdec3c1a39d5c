package me.wingu.boma.harness.nftables.proof;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import me.wingu.boma.harness.nftables.IpPrefix;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Packets as an operator lists them: a protocol, its ports, and who may send them.
 *
 * <pre>{@code
 * tcp(80, 443)
 * tcp(22).from("198.51.100.10", "2001:db8:10::10")
 * tcp(22).through("wt0")
 * ping()
 * }</pre>
 *
 * @param protocols the protocols
 * @param sources the addresses that they come from; empty for any
 * @param interfaces the interfaces that they come in through; empty for any
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Traffic(List<Protocol> protocols, List<IpPrefix> sources, List<String> interfaces) {

    private static final int LAST_PORT = 65_535;

    /** Takes copies. */
    public Traffic {
        protocols = List.copyOf(protocols);
        sources = List.copyOf(sources);
        interfaces = List.copyOf(interfaces);
        if (protocols.isEmpty()) {
            throw new IllegalArgumentException("traffic without a protocol is no traffic");
        }
    }

    /**
     * A protocol and a range of its ports or message types.
     *
     * @param name its name, such as {@code tcp}
     * @param low the least destination port, or ICMP message type
     * @param high the greatest one
     */
    public record Protocol(String name, int low, int high) {

        /**
         * Checks the name and the range.
         *
         * @throws IllegalArgumentException when the name is none of {@code tcp udp sctp icmp icmpv6}, or the range is
         *     empty or beyond what the protocol has
         */
        public Protocol {
            int greatest =
                    switch (name) {
                        case "tcp", "udp", "sctp" -> LAST_PORT;
                        case "icmp", "icmpv6" -> 255;
                        default -> throw new IllegalArgumentException("\"" + name + "\" is none of the protocols "
                                + "tcp, udp, sctp, icmp and icmpv6");
                    };
            if (low < 0 || low > high || high > greatest) {
                throw new IllegalArgumentException(
                        "no numbers of " + name + ": " + low + "-" + high + "; they go from 0 to " + greatest);
            }
        }

        /** Returns it as operators write it: {@code 443/tcp}, {@code 6000-6010/udp}, {@code icmp type 8}. */
        @Override
        public String toString() {
            String range = low == high ? "" + low : low + "-" + high;
            boolean ports = !name.startsWith("icmp");
            if (ports) {
                return low == 0 && high == LAST_PORT ? name : range + "/" + name;
            }
            return low == 0 && high == 255 ? name : name + " type " + range;
        }
    }

    /** Returns the traffic to these TCP ports; to all of them when none is given. */
    public static Traffic tcp(int... ports) {
        return ports("tcp", ports);
    }

    /** Returns the traffic to these UDP ports; to all of them when none is given. */
    public static Traffic udp(int... ports) {
        return ports("udp", ports);
    }

    /** Returns the traffic to these SCTP ports; to all of them when none is given. */
    public static Traffic sctp(int... ports) {
        return ports("sctp", ports);
    }

    /** Returns the ICMP messages of these types; of all types when none is given. */
    public static Traffic icmp(int... types) {
        return numbered("icmp", 255, types);
    }

    /** Returns the ICMPv6 messages of these types; of all types when none is given. */
    public static Traffic icmpv6(int... types) {
        return numbered("icmpv6", 255, types);
    }

    /** Returns the echo requests of both IP versions. */
    public static Traffic ping() {
        return new Traffic(
                List.of(new Protocol("icmp", 8, 8), new Protocol("icmpv6", 128, 128)), List.of(), List.of());
    }

    /** Returns the same traffic, from these addresses or networks only, such as {@code 198.51.100.0/24}. */
    public Traffic from(String... addresses) {
        return new Traffic(
                protocols, Arrays.stream(addresses).map(IpPrefix::of).toList(), interfaces);
    }

    /** Returns the same traffic, coming in through these interfaces only. */
    public Traffic through(String... names) {
        return new Traffic(protocols, sources, List.of(names));
    }

    /** Returns the traffic as {@link TrafficParser} reads it. */
    @Override
    public String toString() {
        String what = protocols.equals(ping().protocols())
                ? "ping"
                : protocols.stream().map(Protocol::toString).collect(Collectors.joining(","));
        return what
                + (sources.isEmpty()
                        ? ""
                        : " from " + sources.stream().map(Traffic::text).collect(Collectors.joining(",")))
                + (interfaces.isEmpty() ? "" : " through " + String.join(",", interfaces));
    }

    static String text(IpPrefix prefix) {
        return prefix.length() == prefix.first().bits() ? prefix.first().toString() : prefix.toString();
    }

    private static Traffic ports(String protocol, int[] ports) {
        return numbered(protocol, LAST_PORT, ports);
    }

    private static Traffic numbered(String protocol, int greatest, int[] numbers) {
        List<Protocol> all = numbers.length == 0
                ? List.of(new Protocol(protocol, 0, greatest))
                : Arrays.stream(numbers)
                        .mapToObj(number -> new Protocol(protocol, number, number))
                        .toList();
        return new Traffic(all, List.of(), List.of());
    }
}
