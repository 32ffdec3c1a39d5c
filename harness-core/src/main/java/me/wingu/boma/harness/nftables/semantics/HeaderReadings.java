package me.wingu.boma.harness.nftables.semantics;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.wingu.boma.harness.nftables.Expression;
import me.wingu.boma.harness.nftables.Family;

/**
 * Readings of packet headers. A named field brings its protocol with it: the condition that nft compiles into the
 * bytecode but does not print.
 */
final class HeaderReadings {

    private static final int IPV4 = 2;
    private static final int IPV6 = 10;
    private static final int NO_EXTENSION = 255;

    private static final Map<String, Spot> SPOTS = new HashMap<>();

    private record Spot(HeaderLayout layout, int offset, int bits, DataType type) {}

    static {
        spots(HeaderLayout.ETHERNET, "ether", "daddr 0 48 ETHER saddr 48 48 ETHER type 96 16 ETHERTYPE");
        spots(HeaderLayout.ARP, "arp", "htype 0 16 INTEGER ptype 16 16 ETHERTYPE hlen 32 8 INTEGER plen 40 8 INTEGER "
                + "operation 48 16 ARP_OPERATION saddr-ether 64 48 ETHER saddr-ip 112 32 IPV4 "
                + "daddr-ether 144 48 ETHER daddr-ip 192 32 IPV4");
        spots(HeaderLayout.IPV4, "ip", "version 0 4 INTEGER hdrlength 4 4 INTEGER dscp 8 6 DSCP ecn 14 2 ECN "
                + "length 16 16 INTEGER id 32 16 INTEGER frag-off 48 16 INTEGER ttl 64 8 INTEGER "
                + "protocol 72 8 PROTOCOL checksum 80 16 INTEGER saddr 96 32 IPV4 daddr 128 32 IPV4");
        spots(HeaderLayout.IPV6, "ip6", "version 0 4 INTEGER dscp 4 6 DSCP ecn 10 2 ECN flowlabel 12 20 INTEGER "
                + "length 32 16 INTEGER hoplimit 56 8 INTEGER saddr 64 128 IPV6 daddr 192 128 IPV6");
        spots(HeaderLayout.TRANSPORT, "tcp", "sport 0 16 PORT dport 16 16 PORT sequence 32 32 INTEGER "
                + "ackseq 64 32 INTEGER doff 96 4 INTEGER reserved 100 4 INTEGER flags 104 8 TCP_FLAGS "
                + "window 112 16 INTEGER checksum 128 16 INTEGER urgptr 144 16 INTEGER");
        spots(HeaderLayout.TRANSPORT, "udp", "sport 0 16 PORT dport 16 16 PORT length 32 16 INTEGER checksum 48 16 INTEGER");
        spots(HeaderLayout.TRANSPORT, "udplite",
                "sport 0 16 PORT dport 16 16 PORT csumcov 32 16 INTEGER checksum 48 16 INTEGER");
        spots(HeaderLayout.TRANSPORT, "sctp", "sport 0 16 PORT dport 16 16 PORT vtag 32 32 INTEGER checksum 64 32 INTEGER");
        spots(HeaderLayout.TRANSPORT, "dccp", "sport 0 16 PORT dport 16 16 PORT");
        spots(HeaderLayout.TRANSPORT, "th", "sport 0 16 PORT dport 16 16 PORT");
        spots(HeaderLayout.TRANSPORT, "icmp", "type 0 8 ICMP_TYPE code 8 8 ICMP_CODE checksum 16 16 INTEGER id 32 16 INTEGER "
                + "sequence 48 16 INTEGER gateway 32 32 INTEGER mtu 48 16 INTEGER");
        spots(HeaderLayout.TRANSPORT, "icmpv6", "type 0 8 ICMPV6_TYPE code 8 8 ICMPV6_CODE checksum 16 16 INTEGER "
                + "parameter-problem 32 32 INTEGER mtu 32 32 INTEGER id 32 16 INTEGER sequence 48 16 INTEGER "
                + "max-delay 32 16 INTEGER");
        spots(HeaderLayout.TRANSPORT, "igmp", "type 0 8 INTEGER mrt 8 8 INTEGER checksum 16 16 INTEGER group 32 32 IPV4");
        spots(HeaderLayout.TRANSPORT, "esp", "spi 0 32 INTEGER sequence 32 32 INTEGER");
        spots(HeaderLayout.TRANSPORT, "ah", "hdrlength 8 8 INTEGER reserved 16 16 INTEGER spi 32 32 INTEGER "
                + "sequence 64 32 INTEGER");
        spots(HeaderLayout.TRANSPORT, "comp", "flags 8 8 INTEGER cpi 16 16 INTEGER");
        spots(HeaderLayout.TRANSPORT, "gre", "hdrlength 0 0 INTEGER protocol 16 16 ETHERTYPE");
    }

    private static final Map<String, Integer> L4_PROTOCOLS = Map.ofEntries(
            Map.entry("tcp", 6), Map.entry("udp", 17), Map.entry("udplite", 136), Map.entry("sctp", 132),
            Map.entry("dccp", 33), Map.entry("icmp", 1), Map.entry("icmpv6", 58), Map.entry("igmp", 2),
            Map.entry("esp", 50), Map.entry("ah", 51), Map.entry("comp", 108), Map.entry("gre", 47));

    private final Family family;

    HeaderReadings(Family family) {
        this.family = family;
    }

    private static void spots(HeaderLayout layout, String protocol, String words) {
        String[] parts = words.split(" ", -1);
        for (int i = 0; i < parts.length; i += 4) {
            SPOTS.put(protocol + " " + parts[i], new Spot(
                    layout, Integer.parseInt(parts[i + 1]), Integer.parseInt(parts[i + 2]),
                    DataType.valueOf(parts[i + 3])));
        }
    }

    Reading named(Expression.Payload payload) {
        String name = payload.protocol() + " " + payload.field().replace(' ', '-');
        if (payload.tunnel().isPresent()) {
            throw new NotModelled("a header inside a tunnel");
        } else if (name.equals("ip6 nexthdr")) {
            return nextHeader();
        } else if (payload.protocol().equals("vlan")) {
            return vlan(payload.field());
        }
        Spot spot = Optional.ofNullable(SPOTS.get(name))
                .filter(each -> each.bits() > 0)
                .orElseThrow(() -> new NotModelled("the header field " + name));
        Condition requires = Condition.all(present(payload.protocol()), messageTypes(name));
        return spot.layout().reading(spot.offset(), spot.bits(), spot.type(), requires);
    }

    /** The condition that the protocol's header is there, as nft compiles it. */
    private Condition present(String protocol) {
        return switch (protocol) {
            case "ether" -> ethernet();
            case "arp" -> family == Family.ARP ? Condition.always() : Condition.is(Field.PROTOCOL, 0x0806);
            case "ip" -> version(IPV4);
            case "ip6" -> version(IPV6);
            case "th" -> transport();
            case "icmp" -> Condition.all(version(IPV4), protocol(1));
            case "icmpv6" -> Condition.all(version(IPV6), protocol(58));
            default -> protocol(L4_PROTOCOLS.get(protocol));
        };
    }

    private Condition protocol(int number) {
        return Condition.all(Condition.is(Field.L4PROTO, number), transport());
    }

    /** A later fragment has no transport header; outside IP tables the frame must hold an IP packet at all. */
    Condition transport() {
        Condition first = Condition.is(Field.LATER_FRAGMENT, 0);
        return Condition.all(internet(), first);
    }

    /** The condition that there is an IP packet. */
    Condition internet() {
        return switch (family) {
            case IP, IP6, INET -> Condition.always();
            case ARP, BRIDGE, NETDEV -> Condition.test(Field.PROTOCOL, Values.of(0x0800).or(Values.of(0x86dd)));
        };
    }

    /** The condition that the packet is of this version of IP. */
    Condition version(int nfproto) {
        return switch (family) {
            case IP, IP6, INET -> Condition.is(Field.NFPROTO, nfproto);
            case ARP, BRIDGE, NETDEV -> Condition.is(Field.PROTOCOL, nfproto == IPV4 ? 0x0800 : 0x86dd);
        };
    }

    private Condition ethernet() {
        return family == Family.BRIDGE ? Condition.always() : Condition.is(Field.IIF_TYPE, 1);
    }

    private static Condition messageTypes(String name) {
        return switch (name) {
            case "icmp id", "icmp sequence" -> type(0, 8);
            case "icmp mtu" -> type(3);
            case "icmp gateway" -> type(5);
            case "icmpv6 id", "icmpv6 sequence" -> type(128, 129);
            case "icmpv6 mtu" -> type(2);
            case "icmpv6 parameter-problem" -> type(4);
            default -> Condition.always();
        };
    }

    private static Condition type(int... types) {
        Values values = Values.none();
        for (int type : types) {
            values = values.or(Values.of(type));
        }
        return new Reading.Slice(Field.SPORT, 8, 8, Field.ones(8), BigInteger.ZERO).test(values);
    }

    /** The byte in the fixed header: the first extension's number, or the transport protocol when there is none. */
    private Reading nextHeader() {
        Condition none = Condition.is(Field.IP6_FIRST_EXTENSION, NO_EXTENSION);
        return Reading.derived(DataType.PROTOCOL, 8, version(IPV6), values -> Condition.any(List.of(
                Condition.all(none, Condition.test(Field.L4PROTO, values)),
                Condition.all(Condition.not(none), Condition.test(Field.IP6_FIRST_EXTENSION, values)))));
    }

    private Reading vlan(String field) {
        Condition tagged = Condition.all(ethernet(), Condition.is(Field.ETHER_TYPE, 0x8100));
        return switch (field) {
            case "pcp" -> Reading.of(slice(Field.VLAN_TCI, 13, 3), DataType.INTEGER, tagged);
            case "dei", "cfi" -> Reading.of(slice(Field.VLAN_TCI, 12, 1), DataType.INTEGER, tagged);
            case "id" -> Reading.of(slice(Field.VLAN_TCI, 0, 12), DataType.INTEGER, tagged);
            case "type" -> Reading.of(Field.VLAN_TYPE, DataType.ETHERTYPE, tagged);
            default -> throw new NotModelled("the header field vlan " + field);
        };
    }

    private static Reading.Slice slice(Field field, int low, int bits) {
        return new Reading.Slice(field, low, bits, Field.ones(bits), BigInteger.ZERO);
    }

    Reading raw(Expression.RawPayload raw) {
        boolean several = family == Family.INET || family == Family.BRIDGE || family == Family.NETDEV;
        return raw.base().equals("nh") && several ? eitherVersion(raw) : fixed(raw);
    }

    /** In a table of several protocols, bits of the network header are those of whichever header there is. */
    private Reading eitherVersion(Expression.RawPayload raw) {
        Reading four = HeaderLayout.IPV4.reading(raw.offset(), raw.length(), DataType.INTEGER, Condition.always());
        Reading six = HeaderLayout.IPV6.reading(raw.offset(), raw.length(), DataType.INTEGER, Condition.always());
        return Reading.derived(DataType.INTEGER, raw.length(), internet(), values -> Condition.any(List.of(
                Condition.all(version(IPV4), four.in(values)), Condition.all(version(IPV6), six.in(values)))));
    }

    private Reading fixed(Expression.RawPayload raw) {
        HeaderLayout layout = switch (raw.base()) {
            case "th" -> HeaderLayout.TRANSPORT;
            case "ll" -> HeaderLayout.ETHERNET;
            case "nh" -> switch (family) {
                case IP -> HeaderLayout.IPV4;
                case IP6 -> HeaderLayout.IPV6;
                case ARP -> HeaderLayout.ARP;
                case INET, BRIDGE, NETDEV -> throw new NotModelled("raw bits of the base nh");
            };
            default -> throw new NotModelled("raw bits of the base " + raw.base());
        };
        Condition requires = switch (layout) {
            case TRANSPORT -> transport();
            case ETHERNET -> Condition.not(Condition.test(Field.IIF_NAME, Values.of(0)));
            default -> Condition.always();
        };
        return layout.reading(raw.offset(), raw.length(), DataType.INTEGER, requires);
    }

    Reading extension(Expression.ExtensionHeader header) {
        if (header.field().isPresent()) {
            throw new NotModelled("fields of the extension header " + header.name());
        }
        int number = extension(header.name());
        return Reading.derived(DataType.BOOLEAN, 8, version(IPV6), values -> Condition.any(List.of(
                Condition.all(Condition.is(Field.IP6_FIRST_EXTENSION, number), constant(values, 1)),
                Condition.all(Condition.not(Condition.is(Field.IP6_FIRST_EXTENSION, number)), constant(values, 0)))));
    }

    /** The condition that no other extension header comes before this one: it is the first, or there is none. */
    static Condition noneBefore(Expression.ExtensionHeader header) {
        return Condition.test(
                Field.IP6_FIRST_EXTENSION, Values.of(extension(header.name())).or(Values.of(NO_EXTENSION)));
    }

    private static int extension(String name) {
        return switch (name) {
            case "hbh" -> 0;
            case "rt" -> 43;
            case "frag" -> 44;
            case "dst" -> 60;
            case "mh" -> 135;
            default -> throw new NotModelled("the extension header " + name);
        };
    }

    private static Condition constant(Values values, int value) {
        return values.contains(BigInteger.valueOf(value)) ? Condition.always() : Condition.never();
    }
}
