package me.wingu.boma.harness.nftables.semantics;

import java.math.BigInteger;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * One thing that a rule can read of a packet, as an unsigned number of fixed width.
 *
 * <p>Fields do not overlap. The transport header is one region whatever the protocol: {@link #SPORT} is its bytes 0–1
 * (for ICMP: type and code), {@link #DPORT} its bytes 2–3, {@link #TH_WORD1} its bytes 4–7, and so on; a rule that
 * reads {@code icmp type} becomes a test of the upper byte of {@code SPORT} together with a test of {@code L4PROTO}.
 *
 * <p>Interface names are 16 bytes padded with zeros, first byte highest; 0 means that there is no such interface at
 * this hook.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public enum Field {
    /** Name of the input interface. */
    IIF_NAME(128),
    /** Name of the output interface; 0 before routing. */
    OIF_NAME(128),
    /** ARP hardware type of the input interface: 1 Ethernet, 772 loopback. */
    IIF_TYPE(16),
    /** ARP hardware type of the output interface. */
    OIF_TYPE(16),
    /** Device group of the input interface. */
    IIF_GROUP(32),
    /** Device group of the output interface. */
    OIF_GROUP(32),
    /** Kind of the input interface, such as {@code veth}; coded like a name. */
    IIF_KIND(128),
    /** Kind of the output interface. */
    OIF_KIND(128),
    /** Name of the bridge that the input interface is a port of. */
    IIF_BRIDGE(128),
    /** Name of the bridge that the output interface is a port of. */
    OIF_BRIDGE(128),
    /** Netfilter's protocol family: 2 IPv4, 10 IPv6, 3 ARP, 7 bridge, 5 netdev. */
    NFPROTO(8),
    /** EtherType of the payload as the kernel noted it; read only by bridge, netdev and arp tables. */
    PROTOCOL(16),
    /** Protocol of the transport header: 6 TCP, 17 UDP, 1 ICMP, 58 ICMPv6. */
    L4PROTO(8),
    /** Length of the packet from the network header on, in bytes. */
    LENGTH(32),
    /** Packet mark. */
    MARK(32),
    /** Packet priority. */
    PRIORITY(32),
    /** Link-layer packet type: 0 host, 1 broadcast, 2 multicast, 3 other. */
    PKTTYPE(8),
    /** 1 for a fragment other than the first, which has no transport header; else 0. */
    LATER_FRAGMENT(1),

    /** Connection state, one bit set: 1 invalid, 2 established, 4 related, 8 new, 64 untracked. */
    CT_STATE(8),
    /**
     * Connection status bits: 1 expected, 2 seen-reply, 4 assured, 8 confirmed, 16 snat, 32 dnat, 128 source settled, 256
     * destination settled, 512 dying.
     */
    CT_STATUS(16),
    /** 0 original, 1 reply. */
    CT_DIRECTION(8),
    /** Connection mark. */
    CT_MARK(32),
    /** Connection zone. */
    CT_ZONE(16),
    /** Source of the connection's first packet, IPv4. */
    CT_ORIGINAL_SADDR4(32),
    /** Destination of the connection's first packet before translation, IPv4. */
    CT_ORIGINAL_DADDR4(32),
    /** Source of the connection's first packet, IPv6. */
    CT_ORIGINAL_SADDR6(128),
    /** Destination of the connection's first packet before translation, IPv6. */
    CT_ORIGINAL_DADDR6(128),
    /** Source port of the connection's first packet. */
    CT_ORIGINAL_SPORT(16),
    /** Destination port of the connection's first packet before translation. */
    CT_ORIGINAL_DPORT(16),
    /** Source of expected replies, IPv4. */
    CT_REPLY_SADDR4(32),
    /** Destination of expected replies, IPv4. */
    CT_REPLY_DADDR4(32),
    /** Source of expected replies, IPv6. */
    CT_REPLY_SADDR6(128),
    /** Destination of expected replies, IPv6. */
    CT_REPLY_DADDR6(128),
    /** Source port of expected replies. */
    CT_REPLY_SPORT(16),
    /** Destination port of expected replies. */
    CT_REPLY_DPORT(16),

    /** Ethernet destination. */
    ETHER_DADDR(48),
    /** Ethernet source. */
    ETHER_SADDR(48),
    /** EtherType in the frame, after a VLAN tag that the kernel has taken off. */
    ETHER_TYPE(16),
    /** VLAN tag: 3 bits priority, 1 bit drop eligible, 12 bits id; 0 without a tag. */
    VLAN_TCI(16),
    /** EtherType after the VLAN tag. */
    VLAN_TYPE(16),

    /** ARP hardware type. */
    ARP_HTYPE(16),
    /** ARP protocol type. */
    ARP_PTYPE(16),
    /** ARP hardware address length. */
    ARP_HLEN(8),
    /** ARP protocol address length. */
    ARP_PLEN(8),
    /** ARP operation: 1 request, 2 reply. */
    ARP_OPERATION(16),
    /** ARP sender's Ethernet address. */
    ARP_SADDR_ETHER(48),
    /** ARP sender's IPv4 address. */
    ARP_SADDR_IP(32),
    /** ARP target's Ethernet address. */
    ARP_DADDR_ETHER(48),
    /** ARP target's IPv4 address. */
    ARP_DADDR_IP(32),

    /** IPv4 version and header length: 0x45 without options. */
    IP_VERSION_IHL(8),
    /** IPv4 DSCP (upper 6 bits) and ECN. */
    IP_TOS(8),
    /** IPv4 total length. */
    IP_LENGTH(16),
    /** IPv4 identification. */
    IP_ID(16),
    /** IPv4 flags (upper 3 bits) and fragment offset. */
    IP_FRAG_OFF(16),
    /** IPv4 time to live. */
    IP_TTL(8),
    /** IPv4 header checksum. */
    IP_CHECKSUM(16),
    /** IPv4 source. */
    IP_SADDR(32),
    /** IPv4 destination. */
    IP_DADDR(32),

    /** IPv6 first word: version (4 bits), DSCP (6), ECN (2), flow label (20). */
    IP6_FIRST_WORD(32),
    /** IPv6 payload length. */
    IP6_LENGTH(16),
    /** IPv6 hop limit. */
    IP6_HOPLIMIT(8),
    /** Protocol number of the first IPv6 extension header; 255 when there is none. */
    IP6_FIRST_EXTENSION(8),
    /** IPv6 source. */
    IP6_SADDR(128),
    /** IPv6 destination. */
    IP6_DADDR(128),

    /** Transport header, bytes 0–1: source port; ICMP type and code. */
    SPORT(16),
    /** Transport header, bytes 2–3: destination port; ICMP checksum. */
    DPORT(16),
    /** Transport header, bytes 4–7: TCP sequence number; UDP length and checksum; ICMP id and sequence. */
    TH_WORD1(32),
    /** Transport header, bytes 8–11: TCP acknowledgement number. */
    TH_WORD2(32),
    /** Transport header, byte 12: TCP data offset (upper 4 bits). */
    TCP_OFFSET(8),
    /** Transport header, byte 13: TCP flags: 1 fin, 2 syn, 4 rst, 8 psh, 16 ack, 32 urg, 64 ecn, 128 cwr. */
    TCP_FLAGS(8),
    /** Transport header, bytes 14–15: TCP window. */
    TCP_WINDOW(16),
    /** Transport header, bytes 16–17: TCP checksum. */
    TCP_CHECKSUM(16),
    /** Transport header, bytes 18–19: TCP urgent pointer. */
    TCP_URGPTR(16);

    private final int bits;
    private final BigInteger ones;

    Field(int bits) {
        this.bits = bits;
        this.ones = ones(bits);
    }

    /** Returns its width in bits, 1 to 128. */
    public int bits() {
        return bits;
    }

    /** Returns its place among the fields, from 0, for arrays that hold one value for each. */
    @SuppressWarnings("EnumOrdinal") // an array index inside one run of the program, never stored
    public int index() {
        return ordinal();
    }

    /** Returns its greatest value: all bits set. */
    public BigInteger ones() {
        return ones;
    }

    /** Returns the number whose lowest bits, this many, are set. */
    static BigInteger ones(int bits) {
        return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
    }
}
