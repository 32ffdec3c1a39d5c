package me.wingu.boma.harness.nftables.semantics;

/** How nft writes the values of a reading. */
enum DataType {
    INTEGER,
    IPV4,
    IPV6,
    ETHER,
    PORT,
    PROTOCOL,
    NFPROTO,
    ETHERTYPE,
    ICMP_TYPE,
    ICMP_CODE,
    ICMPV6_TYPE,
    ICMPV6_CODE,
    DSCP,
    ECN,
    CT_STATE,
    CT_STATUS,
    CT_DIRECTION,
    PKTTYPE,
    INTERFACE,
    LINK_TYPE,
    DEVICE_GROUP,
    ARP_OPERATION,
    TCP_FLAGS,
    FIB_TYPE,
    PRIORITY,
    BOOLEAN;

    /** Returns whether a value is a set of bits, so that nft takes a bare comparison for a bit test. */
    boolean bits() {
        return this == CT_STATE || this == CT_STATUS || this == TCP_FLAGS;
    }
}
