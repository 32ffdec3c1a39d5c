package me.wingu.boma.harness.nftables.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import me.wingu.boma.harness.nftables.semantics.Field;

/** Names packets and their parts for people. */
final class PacketText {

    private static final Map<Integer, String> PROTOCOLS = Map.of(
            1, "icmp", 2, "igmp", 6, "tcp", 17, "udp", 33, "dccp", 47, "gre", 50, "esp", 58, "icmpv6", 132, "sctp",
            136, "udplite");
    private static final Map<Integer, String> STATES =
            Map.of(1, "invalid", 2, "established", 4, "related", 8, "new", 64, "untracked");

    private PacketText() {}

    static String of(Packet packet) {
        int protocol = packet.get(Field.L4PROTO).intValue();
        List<String> words = new ArrayList<>();
        words.add(PROTOCOLS.getOrDefault(protocol, "protocol " + protocol));
        boolean ports = List.of(6, 17, 33, 132, 136).contains(protocol);
        words.add(end(packet.source(), ports, packet.get(Field.SPORT).intValue()));
        words.add("->");
        words.add(end(packet.destination(), ports, packet.get(Field.DPORT).intValue()));
        if (protocol == 1 || protocol == 58) {
            int both = packet.get(Field.SPORT).intValue();
            words.add("type " + (both >> 8) + " code " + (both & 255));
        }
        packet.input().ifPresent(name -> words.add("in " + name));
        packet.output().ifPresent(name -> words.add("out " + name));
        words.add(state(packet.get(Field.CT_STATE).intValue()));
        if (packet.get(Field.MARK).signum() != 0) {
            words.add("mark " + packet.get(Field.MARK));
        }
        return String.join(" ", words);
    }

    private static String end(Object address, boolean ports, int port) {
        if (!ports) {
            return address.toString();
        }
        String text = address.toString();
        return (text.contains(":") ? "[" + text + "]" : text) + ":" + port;
    }

    private static String state(int state) {
        return STATES.getOrDefault(state, "state " + state);
    }

    /** Returns the packet's value of a field in words, such as {@code tcp} for protocol 6. */
    static String value(Packet packet, Field field) {
        return switch (field) {
            case IIF_NAME -> packet.input().map(name -> "\"" + name + "\"").orElse("none");
            case OIF_NAME -> packet.output().map(name -> "\"" + name + "\"").orElse("none");
            case IIF_KIND, OIF_KIND, IIF_BRIDGE, OIF_BRIDGE ->
                InterfaceNames.name(packet.get(field)).map(name -> "\"" + name + "\"").orElse("none");
            case IP_SADDR, IP6_SADDR -> packet.source().toString();
            case IP_DADDR, IP6_DADDR -> packet.destination().toString();
            case NFPROTO -> packet.v6() ? "ipv6" : "ipv4";
            case L4PROTO -> PROTOCOLS.getOrDefault(packet.get(field).intValue(), packet.get(field).toString());
            case CT_STATE -> state(packet.get(field).intValue());
            default -> packet.get(field).toString();
        };
    }

    /** Returns the name of a field in words. */
    static String name(Packet packet, Field field) {
        int protocol = packet.get(Field.L4PROTO).intValue();
        boolean icmp = protocol == 1 || protocol == 58;
        return switch (field) {
            case IIF_NAME -> "the input interface";
            case OIF_NAME -> "the output interface";
            case IP_SADDR, IP6_SADDR -> "the source";
            case IP_DADDR, IP6_DADDR -> "the destination";
            case NFPROTO -> "the IP version";
            case L4PROTO -> "the protocol";
            case SPORT -> icmp ? "the ICMP type and code" : "the source port";
            case DPORT -> icmp ? "the ICMP checksum" : "the destination port";
            case CT_STATE -> "the connection state";
            default -> field.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }
}
