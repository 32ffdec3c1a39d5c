package me.wingu.boma.harness.nftables.evaluation;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.semantics.Field;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * One packet as rules see it: a value for every {@link Field}. Immutable; the {@code with…} methods return changed copies.
 *
 * <p>The factories make an ordinary first packet of a connection: state new, no mark, full headers, no options. Without
 * an input interface it is a packet of this host.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Packet {

    private static final int FIELDS = Field.values().length;
    private static final BigInteger WORD = BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    /** The types of ICMPv6 that connection tracking leaves alone: {@code noct_valid_new} in the kernel. */
    public static final Set<Integer> UNTRACKED_MESSAGES = Set.of(130, 131, 132, 133, 134, 135, 136, 143);

    private static final int UNTRACKED = 64;

    final long[] low;
    final long[] high;

    private Packet(long[] low, long[] high) {
        this.low = low;
        this.high = high;
    }

    static Packet of(PacketState state) {
        return new Packet(state.low.clone(), state.high.clone());
    }

    /** Returns a TCP packet with SYN set, from port 40000. */
    public static Packet tcp(IpAddress source, IpAddress destination, int port) {
        return ip(source, destination, 6).with(Field.SPORT, 40_000).with(Field.DPORT, port).with(Field.TCP_FLAGS, 2);
    }

    /** Returns a UDP packet, from port 40000. */
    public static Packet udp(IpAddress source, IpAddress destination, int port) {
        return ip(source, destination, 17).with(Field.SPORT, 40_000).with(Field.DPORT, port);
    }

    /** Returns an ICMP or ICMPv6 packet, by the family of the addresses. */
    public static Packet icmp(IpAddress source, IpAddress destination, int type, int code) {
        Packet message = ip(source, destination, source.v6() ? 58 : 1).with(Field.SPORT, ((long) type << 8) | code);
        return source.v6() && UNTRACKED_MESSAGES.contains(type) ? message.with(Field.CT_STATE, UNTRACKED) : message;
    }

    /**
     * Returns a packet of any protocol.
     *
     * @throws IllegalArgumentException when the addresses are of different families
     */
    public static Packet ip(IpAddress source, IpAddress destination, int protocol) {
        if (source.v6() != destination.v6()) {
            throw new IllegalArgumentException("addresses of two families: " + source + " and " + destination);
        }
        boolean six = source.v6();
        Packet packet = new Packet(new long[FIELDS], new long[FIELDS])
                .with(Field.NFPROTO, six ? 10 : 2)
                .with(Field.PROTOCOL, six ? 0x86dd : 0x0800)
                .with(Field.ETHER_TYPE, six ? 0x86dd : 0x0800)
                .with(Field.L4PROTO, protocol)
                .with(Field.CT_STATE, 8)
                .with(Field.TCP_OFFSET, protocol == 6 ? 0x50 : 0)
                .with(Field.LENGTH, six ? 60 : 40)
                .with(Field.IP6_FIRST_EXTENSION, 255);
        packet = six
                ? packet.with(Field.IP6_FIRST_WORD, 0x6000_0000L).with(Field.IP6_HOPLIMIT, 64).with(Field.IP6_LENGTH, 20)
                : packet.with(Field.IP_VERSION_IHL, 0x45).with(Field.IP_TTL, 64).with(Field.IP_LENGTH, 40);
        return packet.withSource(source).withDestination(destination);
    }

    /** Returns the value of a field. */
    public BigInteger get(Field field) {
        int i = field.index();
        return high[i] == 0 ? unsigned(low[i]) : unsigned(high[i]).shiftLeft(64).or(unsigned(low[i]));
    }

    private static BigInteger unsigned(long word) {
        return word >= 0 ? BigInteger.valueOf(word) : BigInteger.valueOf(word).and(WORD);
    }

    /** Returns the packet with another value in this field. */
    public Packet with(Field field, long value) {
        return with(field, BigInteger.valueOf(value));
    }

    /**
     * Returns the packet with another value in this field.
     *
     * @throws IllegalArgumentException when the value has more bits than the field
     */
    public Packet with(Field field, BigInteger value) {
        if (value.signum() < 0 || value.bitLength() > field.bits()) {
            throw new IllegalArgumentException(value + " does not fit into " + field);
        }
        Packet copy = new Packet(low.clone(), high.clone());
        copy.low[field.index()] = value.longValue();
        copy.high[field.index()] = value.shiftRight(64).longValue();
        return copy;
    }

    /** Returns the packet with another source, also of its connection. */
    public Packet withSource(IpAddress source) {
        return source.v6()
                ? with(Field.IP6_SADDR, source.value()).with(Field.CT_ORIGINAL_SADDR6, source.value())
                : with(Field.IP_SADDR, source.value()).with(Field.CT_ORIGINAL_SADDR4, source.value());
    }

    /** Returns the packet with another destination, also of its connection. */
    public Packet withDestination(IpAddress destination) {
        return destination.v6()
                ? with(Field.IP6_DADDR, destination.value()).with(Field.CT_ORIGINAL_DADDR6, destination.value())
                : with(Field.IP_DADDR, destination.value()).with(Field.CT_ORIGINAL_DADDR4, destination.value());
    }

    /** Returns the packet as one of the connection that another packet opened, which nothing translated since. */
    public Packet inConnectionOf(Packet opener) {
        boolean six = opener.v6();
        BigInteger source = opener.source().value();
        BigInteger destination = opener.destination().value();
        return with(six ? Field.CT_ORIGINAL_SADDR6 : Field.CT_ORIGINAL_SADDR4, source)
                .with(six ? Field.CT_ORIGINAL_DADDR6 : Field.CT_ORIGINAL_DADDR4, destination)
                .with(six ? Field.CT_REPLY_SADDR6 : Field.CT_REPLY_SADDR4, destination)
                .with(six ? Field.CT_REPLY_DADDR6 : Field.CT_REPLY_DADDR4, source)
                .with(Field.CT_ORIGINAL_SPORT, opener.get(Field.SPORT))
                .with(Field.CT_ORIGINAL_DPORT, opener.get(Field.DPORT))
                .with(Field.CT_REPLY_SPORT, opener.get(Field.DPORT))
                .with(Field.CT_REPLY_DPORT, opener.get(Field.SPORT));
    }

    /** Returns the packet as it comes in through this interface; {@code lo} is taken for loopback. */
    public Packet withInput(String name) {
        return with(Field.IIF_NAME, InterfaceNames.number(name)).with(Field.IIF_TYPE, InterfaceNames.linkType(name));
    }

    /** Returns the packet as it leaves through this interface. */
    public Packet withOutput(String name) {
        return with(Field.OIF_NAME, InterfaceNames.number(name)).with(Field.OIF_TYPE, InterfaceNames.linkType(name));
    }

    /** Returns the source address. */
    public IpAddress source() {
        return v6() ? new IpAddress(true, get(Field.IP6_SADDR)) : new IpAddress(false, get(Field.IP_SADDR));
    }

    /** Returns the destination address. */
    public IpAddress destination() {
        return v6() ? new IpAddress(true, get(Field.IP6_DADDR)) : new IpAddress(false, get(Field.IP_DADDR));
    }

    /** Returns whether it is an IPv6 packet. */
    public boolean v6() {
        return low[Field.NFPROTO.index()] == 10;
    }

    /** Returns the name of the interface that it came in through; empty for a packet of this host. */
    public Optional<String> input() {
        return InterfaceNames.name(get(Field.IIF_NAME));
    }

    /** Returns the name of the interface that it leaves through; empty before routing. */
    public Optional<String> output() {
        return InterfaceNames.name(get(Field.OIF_NAME));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Packet packet && Arrays.equals(low, packet.low) && Arrays.equals(high, packet.high);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(low) + Arrays.hashCode(high);
    }

    /** Returns the packet as a person would name it, such as {@code tcp 192.0.2.7:40000 -> 192.0.2.1:22 in eth0 new}. */
    @Override
    public String toString() {
        return PacketText.of(this);
    }
}
