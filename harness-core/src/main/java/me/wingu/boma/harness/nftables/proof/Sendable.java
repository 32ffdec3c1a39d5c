package me.wingu.boma.harness.nftables.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import me.wingu.boma.harness.nftables.IpPrefix;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.Values;

/**
 * What a sender can make of a packet: fields that belong together, and what connection tracking makes of them.
 *
 * <p>Source: the kernel's {@code nf_conntrack_proto_tcp.c}, {@code nf_conntrack_proto_icmp.c} and
 * {@code nf_conntrack_proto_icmpv6.c}; {@code tcp_loose} is taken as 1, its default.
 */
final class Sendable {

    private static final List<String> NEVER_RECEIVED = List.of("ff00::/8");
    private static final List<String> MARTIANS = List.of("127.0.0.0/8", "224.0.0.0/4", "255.255.255.255", "::1");
    private static final int SYN = 0x02;
    private static final int ACK = 0x10;
    private static final int URG = 0x20;
    /** The flags that tell apart what a segment is to connection tracking: fin, syn, rst, ack, urg. */
    private static final int TELLING = 0x37;

    /** Messages of neighbour discovery and of multicast listeners: {@code noct_valid_new} in the kernel. */
    private static final Condition LEFT_ALONE = Condition.all(
            Condition.is(Field.NFPROTO, 10),
            Condition.is(Field.L4PROTO, 58),
            Condition.any(Packet.UNTRACKED_MESSAGES.stream().map(Sendable::message).toList()));

    /** More fragments, and the offset: what a packet has no longer once connection tracking has put it together. */
    private static final BigInteger FRAGMENTED = BigInteger.valueOf(0x3fff);

    private static final BigInteger OFFSET = BigInteger.valueOf(0x1fff);

    private Sendable() {}

    /** Returns the condition that a packet can come from the network at all, put together from its fragments. */
    static Condition packet() {
        return Condition.all(
                possible(),
                Condition.is(Field.LATER_FRAGMENT, 0),
                Condition.test(Field.IP_FRAG_OFF, FRAGMENTED, Values.of(0)));
    }

    /** Returns the condition that a packet, or a fragment of one, can come from the network at all. */
    static Condition packetOrFragment() {
        Condition four = Condition.is(Field.NFPROTO, 2);
        Condition later = Condition.is(Field.LATER_FRAGMENT, 1);
        Condition atTheStart = Condition.test(Field.IP_FRAG_OFF, OFFSET, Values.of(0));
        return Condition.all(
                possible(),
                Condition.not(Condition.all(four, later, atTheStart)),
                Condition.not(Condition.all(four, Condition.not(later), Condition.not(atTheStart))));
    }

    private static Condition possible() {
        return Condition.all(
                Condition.any(List.of(version(2, 0x0800), version(10, 0x86dd))),
                Condition.not(Condition.all(Condition.is(Field.NFPROTO, 2), Condition.is(Field.L4PROTO, 58))),
                Condition.not(Condition.all(Condition.is(Field.NFPROTO, 10), Condition.is(Field.L4PROTO, 1))));
    }

    /** Returns the condition that a packet is not dropped for its source as soon as it is here: {@code ip6_rcv_core}. */
    static Condition receivable() {
        return notFrom(NEVER_RECEIVED);
    }

    /**
     * Returns the condition that the routing decision does not drop a packet for its source, unless this host sent it to itself:
     * {@code ip_route_input_slow}. IPv6 drops it earlier.
     */
    static Condition routable() {
        return notFrom(MARTIANS);
    }

    private static Condition notFrom(List<String> prefixes) {
        return Condition.all(prefixes.stream()
                .map(IpPrefix::of)
                .map(none -> Condition.not(
                        Condition.test(none.first().v6() ? Field.IP6_SADDR : Field.IP_SADDR, Values.of(none))))
                .toList());
    }

    /** Returns the condition that connection tracking can take a packet for this. */
    static Condition taken(Arrivals.State state) {
        Condition starts = starts();
        return switch (state) {
            case NEW -> starts;
            case ESTABLISHED, RELATED -> Condition.not(LEFT_ALONE);
            case INVALID -> Condition.not(Condition.any(List.of(starts, LEFT_ALONE)));
            case UNTRACKED -> LEFT_ALONE;
        };
    }

    private static Condition starts() {
        Condition tcp = Condition.any(List.of(
                flags(SYN), flags(SYN | URG), flags(ACK), flags(ACK | URG)));
        // Echo, timestamp, information and address mask requests; IPv6: echo and node information.
        Condition icmp = Condition.any(List.of(message(8), message(13), message(15), message(17)));
        Condition icmpv6 = Condition.any(List.of(message(128), message(139)));
        return Condition.all(implies(6, tcp), implies(1, icmp), implies(58, icmpv6));
    }

    /**
     * Returns the condition that a packet is like every ordinary client's first one: SYN, for one host, no extension header; and of
     * neighbour discovery that no router has passed it on (RFC 4861, section 7.1).
     */
    static Condition opening() {
        return Condition.all(
                implies(6, Condition.all(flags(SYN), Condition.is(Field.PKTTYPE, 0))),
                Condition.is(Field.IP6_FIRST_EXTENSION, 255),
                Condition.any(List.of(Condition.not(LEFT_ALONE), Condition.is(Field.IP6_HOPLIMIT, 255))));
    }

    /** Returns the condition that a packet asks all neighbours, as discovery does. */
    static Condition toNeighbours() {
        return Condition.all(LEFT_ALONE, Condition.test(Field.IP6_DADDR, Values.of(IpPrefix.of("ff00::/8"))));
    }

    private static Condition version(int nfproto, int etherType) {
        return Condition.all(Condition.is(Field.NFPROTO, nfproto), Condition.is(Field.PROTOCOL, etherType));
    }

    private static Condition flags(int set) {
        return Condition.test(Field.TCP_FLAGS, BigInteger.valueOf(TELLING), Values.of(set));
    }

    private static Condition message(int type) {
        return Condition.test(Field.SPORT, BigInteger.valueOf(0xff00), Values.of((long) type << 8));
    }

    private static Condition implies(int protocol, Condition condition) {
        return Condition.any(List.of(Condition.not(Condition.is(Field.L4PROTO, protocol)), condition));
    }
}
