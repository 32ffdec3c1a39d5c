package me.wingu.boma.harness.nftables.proof;

import java.math.BigInteger;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.IpPrefix;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.Interval;
import me.wingu.boma.harness.nftables.semantics.Values;

/**
 * Paints one packet of many: a plain client with an ordinary port asks for a well-known service, as far as the
 * question leaves the choice.
 */
final class Portrait {

    private static final List<Integer> SERVICES = List.of(22, 443, 80, 53, 25, 3306, 5432, 3389, 8080, 111);
    private static final List<String> CLIENTS = List.of("203.0.113.77", "198.51.100.77", "192.0.2.77", "2001:db8:77::77");
    private static final List<String> SERVERS = List.of("192.0.2.1", "2001:db8::1");
    private static final List<String> PUBLIC = List.of("0.0.0.0/1", "128.0.0.0/2", "2000::/3");
    /** The addresses that it would like to see. */
    static final List<IpPrefix> FAMILIAR = Stream.of(CLIENTS, SERVERS, PUBLIC)
            .flatMap(List::stream)
            .map(IpPrefix::of)
            .toList();

    private static final List<String> INTERFACES = List.of("eth0", "enp1s0", "wan0", "eth1");
    private static final List<String> SECLUDED = List.of(
            "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "fe80::/10", "::1", "fc00::/7");
    private static final BigInteger CLIENT_PORT = BigInteger.valueOf(50_000);
    private static final int TCP = 6;
    private static final int SYN = 2;
    private static final Set<Field> SETTLED = EnumSet.of(
            Field.NFPROTO,
            Field.L4PROTO,
            Field.IIF_NAME,
            Field.CT_STATE,
            Field.IP_SADDR,
            Field.IP_DADDR,
            Field.IP6_SADDR,
            Field.IP6_DADDR,
            Field.SPORT,
            Field.DPORT,
            Field.TCP_FLAGS);

    private final Inquiry inquiry;
    private final HeaderSpace space;
    private final HostNetwork network;

    Portrait(Inquiry inquiry, HostNetwork network) {
        this.inquiry = inquiry;
        this.space = inquiry.space();
        this.network = network;
    }

    /** Returns one packet that makes the condition true; there must be one. */
    Packet of(int condition) {
        Choice choice = new Choice(inquiry.bdd(), condition);
        prefer(choice);
        BigInteger state = choice.settle(space.arrival());
        boolean six = settle(choice, Field.NFPROTO).equals(BigInteger.TEN);
        IpAddress source = new IpAddress(six, settle(choice, six ? Field.IP6_SADDR : Field.IP_SADDR));
        IpAddress destination = new IpAddress(six, settle(choice, six ? Field.IP6_DADDR : Field.IP_DADDR));
        int protocol = settle(choice, Field.L4PROTO).intValue();
        Packet packet = Packet.ip(source, destination, protocol).with(Field.CT_STATE, state);
        packet = packet.withInput(Interfaces.name(settle(choice, Field.IIF_NAME)));
        packet = packet.with(Field.SPORT, settle(choice, Field.SPORT)).with(Field.DPORT, settle(choice, Field.DPORT));
        if (protocol == TCP) {
            packet = packet.with(Field.TCP_FLAGS, settle(choice, Field.TCP_FLAGS));
        }
        return others(packet, choice, inquiry.bdd().support(condition));
    }

    /** Fields that seldom matter keep the value that every ordinary packet has, unless the question is about them. */
    private Packet others(Packet plain, Choice choice, BitSet matters) {
        Packet packet = plain;
        for (Field field : Field.values()) {
            BitField bits = space.field(field);
            int next = matters.nextSetBit(bits.first());
            if (!SETTLED.contains(field) && next >= 0 && next < bits.first() + bits.width()) {
                choice.wish(space.like(field, packet.get(field)));
                packet = packet.with(field, settle(choice, field));
            }
        }
        return packet;
    }

    private BigInteger settle(Choice choice, Field field) {
        return concrete(field, space.meaning(field, choice.settle(space.field(field))));
    }

    private void prefer(Choice choice) {
        choice.wish(space.arrival().equal(BigInteger.valueOf(Arrivals.State.NEW.bit())));
        choice.wish(is(Field.NFPROTO, 2));
        for (int protocol : new int[] {6, 17, 1, 58}) {
            choice.wish(is(Field.L4PROTO, protocol));
        }
        SERVICES.forEach(port -> choice.wish(is(Field.DPORT, port)));
        choice.wish(inquiry.bdd().not(is(Field.DPORT, 0)));
        ping(choice);
        INTERFACES.forEach(name -> choice.wish(space.like(Field.IIF_NAME, Interfaces.number(name))));
        CLIENTS.forEach(client -> choice.wish(from(IpPrefix.of(client))));
        PUBLIC.forEach(client -> choice.wish(from(IpPrefix.of(client))));
        own().forEach(own -> choice.wish(inquiry.encode(Terms.to(own))));
        SERVERS.forEach(server -> choice.wish(inquiry.encode(Terms.to(IpAddress.of(server)))));
        choice.wish(space.is(Field.SPORT, CLIENT_PORT));
        choice.wish(is(Field.TCP_FLAGS, SYN));
    }

    private void ping(Choice choice) {
        BigInteger type = BigInteger.valueOf(0xff00);
        choice.wish(inquiry.encode(Condition.any(List.of(
                Condition.not(Condition.is(Field.L4PROTO, 1)),
                Condition.test(Field.SPORT, type, Values.of(0x0800))))));
        choice.wish(inquiry.encode(Condition.any(List.of(
                Condition.not(Condition.is(Field.L4PROTO, 58)),
                Condition.test(Field.SPORT, type, Values.of(0x8000))))));
    }

    /** The host's own addresses, those that the world can reach first. */
    private List<IpAddress> own() {
        return network.links().stream()
                .flatMap(link -> link.addresses().stream())
                .map(HostNetwork.InterfaceAddress::address)
                .sorted(Comparator.comparing(Portrait::secluded))
                .toList();
    }

    private static boolean secluded(IpAddress address) {
        return SECLUDED.stream().map(IpPrefix::of).anyMatch(prefix -> prefix.contains(address));
    }

    private int from(IpPrefix source) {
        return inquiry.encode(inquiry.terms().arriving(Arrivals.from(source.toString())));
    }

    private int is(Field field, long value) {
        return space.is(field, BigInteger.valueOf(value));
    }

    private static BigInteger concrete(Field field, Interval values) {
        if (values.single() || (field != Field.IIF_NAME && field != Field.OIF_NAME)) {
            return values.low();
        }
        return INTERFACES.stream()
                .map(Interfaces::number)
                .filter(name -> name.compareTo(values.low()) >= 0 && name.compareTo(values.high()) <= 0)
                .findFirst()
                .orElseGet(() -> named(values));
    }

    /** The interval of a wildcard begins with its prefix, which looks like a name once a digit follows. */
    private static BigInteger named(Interval values) {
        BigInteger guess = Interfaces.number(Interfaces.name(values.low()) + "0");
        return guess.compareTo(values.high()) <= 0 && guess.compareTo(values.low()) >= 0 ? guess : values.low();
    }
}
