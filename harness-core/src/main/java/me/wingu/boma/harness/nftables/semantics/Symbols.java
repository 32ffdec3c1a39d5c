package me.wingu.boma.harness.nftables.semantics;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The symbolic constants of nft's data types, as {@code nft describe} lists them. */
final class Symbols {

    private static final Map<DataType, Map<String, Integer>> TABLES = new EnumMap<>(DataType.class);

    static {
        table(DataType.PROTOCOL, "ip 0 icmp 1 igmp 2 ggp 3 ipencap 4 st 5 tcp 6 egp 8 igp 9 pup 12 udp 17 hmp 20 xns-idp 22 "
                + "rdp 27 iso-tp4 29 dccp 33 xtp 36 ddp 37 idpr-cmtp 38 ipv6 41 ipv6-route 43 ipv6-frag 44 idrp 45 "
                + "rsvp 46 gre 47 esp 50 ah 51 skip 57 ipv6-icmp 58 icmpv6 58 ipv6-nonxt 59 ipv6-opts 60 rspf 73 "
                + "vmtp 81 eigrp 88 ospf 89 ax.25 93 ipip 94 etherip 97 encap 98 pim 103 ipcomp 108 comp 108 vrrp 112 "
                + "l2tp 115 isis 124 sctp 132 fc 133 mobility-header 135 udplite 136 mpls-in-ip 137 manet 138 hip 139 "
                + "shim6 140 wesp 141 rohc 142 hopopt 0");
        table(DataType.NFPROTO, "ipv4 2 ipv6 10 arp 3 bridge 7");
        table(DataType.ETHERTYPE, "ip 0x0800 arp 0x0806 ip6 0x86dd 8021q 0x8100 8021ad 0x88a8 vlan 0x8100");
        table(DataType.ICMP_TYPE, "echo-reply 0 destination-unreachable 3 source-quench 4 redirect 5 echo-request 8 "
                + "router-advertisement 9 router-solicitation 10 time-exceeded 11 parameter-problem 12 "
                + "timestamp-request 13 timestamp-reply 14 info-request 15 info-reply 16 address-mask-request 17 "
                + "address-mask-reply 18");
        table(DataType.ICMP_CODE, "net-unreachable 0 host-unreachable 1 prot-unreachable 2 port-unreachable 3 "
                + "frag-needed 4 net-prohibited 9 host-prohibited 10 admin-prohibited 13");
        table(DataType.ICMPV6_TYPE, "destination-unreachable 1 packet-too-big 2 time-exceeded 3 parameter-problem 4 "
                + "echo-request 128 echo-reply 129 mld-listener-query 130 mld-listener-report 131 "
                + "mld-listener-done 132 mld-listener-reduction 132 nd-router-solicit 133 nd-router-advert 134 "
                + "nd-neighbor-solicit 135 nd-neighbor-advert 136 nd-redirect 137 router-renumbering 138 "
                + "ind-neighbor-solicit 141 ind-neighbor-advert 142 mld2-listener-report 143");
        table(DataType.ICMPV6_CODE, "no-route 0 admin-prohibited 1 addr-unreachable 3 port-unreachable 4 policy-fail 5 "
                + "reject-route 6");
        table(DataType.DSCP, "cs0 0 cs1 8 cs2 16 cs3 24 cs4 32 cs5 40 cs6 48 cs7 56 df 0 be 0 lephb 1 af11 10 af12 12 "
                + "af13 14 af21 18 af22 20 af23 22 af31 26 af32 28 af33 30 af41 34 af42 36 af43 38 va 44 ef 46");
        table(DataType.ECN, "not-ect 0 ect1 1 ect0 2 ce 3");
        table(DataType.CT_STATE, "invalid 1 established 2 related 4 new 8 untracked 64");
        table(DataType.CT_STATUS, "expected 1 seen-reply 2 assured 4 confirmed 8 snat 16 dnat 32 dying 512");
        table(DataType.CT_DIRECTION, "original 0 reply 1");
        table(DataType.PKTTYPE, "host 0 unicast 0 broadcast 1 multicast 2 other 3 loopback 5");
        table(DataType.LINK_TYPE, "ether 1 ppp 512 ipip 768 ipip6 769 loopback 772 sit 776 ipgre 778 none 65534");
        table(DataType.DEVICE_GROUP, "default 0");
        table(DataType.ARP_OPERATION, "request 1 reply 2 rrequest 3 rreply 4 inrequest 8 inreply 9 nak 10");
        table(DataType.TCP_FLAGS, "fin 1 syn 2 rst 4 psh 8 ack 16 urg 32 ecn 64 cwr 128");
        table(DataType.FIB_TYPE, "unspec 0 unicast 1 local 2 broadcast 3 anycast 4 multicast 5 blackhole 6 "
                + "unreachable 7 prohibit 8 throw 9 nat 10 xresolve 11");
        table(DataType.BOOLEAN, "missing 0 exists 1");
        table(DataType.PORT, "ssh 22 domain 53 http 80 https 443 bootps 67 bootpc 68 ntp 123 smtp 25 imap 143 telnet 23 "
                + "ftp 21 ftp-data 20 submission 587 imaps 993 pop3 110 pop3s 995 ipp 631 mdns 5353 sunrpc 111 "
                + "snmp 161 syslog 514 ldap 389 ldaps 636 mysql 3306 postgresql 5432 nfs 2049 "
                + "dhcpv6-client 546 dhcpv6-server 547 netbios-ns 137 netbios-dgm 138 netbios-ssn 139 "
                + "microsoft-ds 445");
    }

    private Symbols() {}

    private static void table(DataType type, String pairs) {
        String[] words = pairs.split(" ", -1);
        Map<String, Integer> table = new HashMap<>();
        for (int i = 0; i < words.length; i += 2) {
            table.put(words[i], Integer.decode(words[i + 1]));
        }
        TABLES.put(type, Map.copyOf(table));
    }

    static Optional<Integer> find(DataType type, String word) {
        return Optional.ofNullable(TABLES.getOrDefault(type, Map.of()).get(word));
    }
}
