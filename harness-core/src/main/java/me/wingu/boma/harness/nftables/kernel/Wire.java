package me.wingu.boma.harness.nftables.kernel;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import me.wingu.boma.harness.nftables.semantics.Field;

/**
 * Turns packets into bytes and reads the bytes back, so that the model judges exactly what the kernel gets: lengths and
 * checksums are made right whatever was asked for.
 */
final class Wire {

    private static final int PAYLOAD = 12;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;

    private Wire() {}

    /** Returns the IP packet, its identification (IPv4) or flow label (IPv6) set to the tag. */
    static byte[] bytes(Packet packet, int tag) {
        int protocol = packet.get(Field.L4PROTO).intValue();
        return internet(packet, protocol, transport(packet, protocol, new byte[PAYLOAD]), tag);
    }

    /** Returns an ICMP message about a connection's first packet, of which it carries the beginning. */
    static byte[] message(Packet packet, int tag, Packet about) {
        int protocol = packet.get(Field.L4PROTO).intValue();
        byte[] beginning = Arrays.copyOf(bytes(about, 1), (about.v6() ? 40 : 20) + 8);
        return internet(packet, protocol, transport(packet, protocol, beginning), tag);
    }

    private static byte[] internet(Packet packet, int protocol, byte[] transport, int tag) {
        return packet.v6() ? six(packet, protocol, transport, tag) : four(packet, protocol, transport, tag);
    }

    private static byte[] transport(Packet packet, int protocol, byte[] payload) {
        int header = protocol == TCP ? 20 : 8;
        byte[] bytes = new byte[header + payload.length];
        System.arraycopy(payload, 0, bytes, header, payload.length);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        buffer.putShort(packet.get(Field.SPORT).shortValue());
        buffer.putShort(packet.get(Field.DPORT).shortValue());
        buffer.putInt(packet.get(Field.TH_WORD1).intValue());
        if (protocol == TCP) {
            buffer.putInt(packet.get(Field.TH_WORD2).intValue());
            buffer.put((byte) (0x50 | (packet.get(Field.TCP_OFFSET).intValue() & 15)));
            buffer.put(packet.get(Field.TCP_FLAGS).byteValue());
            buffer.putShort(packet.get(Field.TCP_WINDOW).shortValue());
            buffer.putShort((short) 0);
            buffer.putShort(packet.get(Field.TCP_URGPTR).shortValue());
            checksum(bytes, 16, packet, protocol);
        } else if (protocol == UDP) {
            buffer.putShort(4, (short) buffer.capacity());
            checksum(bytes, 6, packet, protocol);
        } else if (protocol == ICMP || protocol == ICMPV6) {
            checksum(bytes, 2, packet, protocol);
        }
        return bytes;
    }

    private static void checksum(byte[] bytes, int place, Packet packet, int protocol) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        buffer.putShort(place, (short) 0);
        long sum = protocol == ICMP ? 0 : pseudoHeader(packet, protocol, bytes.length);
        int folded = fold(sum + words(bytes, 0, bytes.length));
        buffer.putShort(place, (short) (folded == 0 && protocol == UDP ? 0xffff : folded));
    }

    private static long pseudoHeader(Packet packet, int protocol, int length) {
        byte[] source = address(packet.source());
        byte[] destination = address(packet.destination());
        return words(source, 0, source.length) + words(destination, 0, destination.length) + protocol + length;
    }

    private static long words(byte[] bytes, int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i += 2) {
            sum += ((bytes[i] & 255) << 8) | (bytes[i + 1] & 255);
        }
        return sum;
    }

    private static int fold(long sum) {
        long folded = sum;
        while (folded >> 16 != 0) {
            folded = (folded & 0xffff) + (folded >> 16);
        }
        return (int) (~folded & 0xffff);
    }

    private static byte[] address(IpAddress address) {
        byte[] bytes = new byte[address.bits() / 8];
        byte[] raw = address.value().toByteArray();
        int length = Math.min(raw.length, bytes.length);
        System.arraycopy(raw, raw.length - length, bytes, bytes.length - length, length);
        return bytes;
    }

    private static byte[] four(Packet packet, int protocol, byte[] transport, int tag) {
        ByteBuffer buffer = ByteBuffer.allocate(20 + transport.length);
        buffer.put((byte) 0x45).put(packet.get(Field.IP_TOS).byteValue()).putShort((short) buffer.capacity());
        buffer.putShort((short) tag).putShort((short) packet.get(Field.IP_FRAG_OFF).intValue());
        buffer.put(packet.get(Field.IP_TTL).byteValue()).put((byte) protocol).putShort((short) 0);
        buffer.put(address(packet.source())).put(address(packet.destination()));
        buffer.putShort(10, (short) fold(words(buffer.array(), 0, 20)));
        return buffer.put(transport).array();
    }

    private static byte[] six(Packet packet, int protocol, byte[] transport, int tag) {
        ByteBuffer buffer = ByteBuffer.allocate(40 + transport.length);
        int first = packet.get(Field.IP6_FIRST_WORD).intValue() & 0x0ff0_0000;
        buffer.putInt(0x6000_0000 | first | tag).putShort((short) transport.length).put((byte) protocol);
        buffer.put(packet.get(Field.IP6_HOPLIMIT).byteValue());
        buffer.put(address(packet.source())).put(address(packet.destination()));
        return buffer.put(transport).array();
    }

    /** Returns the packet as the bytes have it; everything that is not in the bytes stays as it was. */
    static Packet read(byte[] bytes, Packet template) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Packet packet = template;
        int header = template.v6() ? 40 : 20;
        if (template.v6()) {
            packet = packet.with(Field.IP6_FIRST_WORD, buffer.getInt(0) & 0xffff_ffffL)
                    .with(Field.IP6_LENGTH, bytes.length - 40);
        } else {
            packet = packet.with(Field.IP_LENGTH, bytes.length).with(Field.IP_VERSION_IHL, 0x45)
                    .with(Field.IP_ID, buffer.getShort(4) & 0xffff)
                    .with(Field.IP_FRAG_OFF, buffer.getShort(6) & 0xffff)
                    .with(Field.IP_CHECKSUM, buffer.getShort(10) & 0xffff);
        }
        packet = packet.with(Field.LENGTH, bytes.length)
                .with(Field.LATER_FRAGMENT, template.v6() || (buffer.getShort(6) & 0x1fff) == 0 ? 0 : 1)
                .with(Field.IP6_FIRST_EXTENSION, 255);
        packet = packet.with(Field.SPORT, buffer.getShort(header) & 0xffff)
                .with(Field.DPORT, buffer.getShort(header + 2) & 0xffff)
                .with(Field.TH_WORD1, buffer.getInt(header + 4) & 0xffff_ffffL)
                .with(Field.TH_WORD2, buffer.getInt(header + 8) & 0xffff_ffffL)
                .with(Field.TCP_OFFSET, buffer.get(header + 12) & 255)
                .with(Field.TCP_FLAGS, buffer.get(header + 13) & 255)
                .with(Field.TCP_WINDOW, buffer.getShort(header + 14) & 0xffff)
                .with(Field.TCP_CHECKSUM, buffer.getShort(header + 16) & 0xffff)
                .with(Field.TCP_URGPTR, buffer.getShort(header + 18) & 0xffff);
        return packet.with(Field.CT_STATE, state(packet))
                .with(Field.CT_ORIGINAL_SPORT, packet.get(Field.SPORT))
                .with(Field.CT_ORIGINAL_DPORT, packet.get(Field.DPORT));
    }

    /** The state that connection tracking gives to a first packet (nf_conntrack_proto_*.c). */
    static int state(Packet packet) {
        int protocol = packet.get(Field.L4PROTO).intValue();
        int type = packet.get(Field.SPORT).intValue() >> 8;
        return switch (protocol) {
            case TCP -> tcpState(packet.get(Field.TCP_FLAGS).intValue());
            case ICMP -> Set.of(8, 13, 15, 17).contains(type) && !packet.v6() ? 8 : 1;
            case ICMPV6 -> packet.v6() ? icmpv6State(type) : 8;
            default -> 8;
        };
    }

    /** SYN opens; a lone ACK is picked up; everything else without a connection is invalid. */
    private static int tcpState(int flags) {
        int essential = flags & ~(64 | 128 | 8);
        Set<Integer> opening = Set.of(2, 2 | 32, 16, 16 | 32);
        return opening.contains(essential) ? 8 : 1;
    }

    private static int icmpv6State(int type) {
        if (Packet.UNTRACKED_MESSAGES.contains(type)) {
            return 64;
        }
        return type == 128 || type == 139 ? 8 : 1;
    }

    static BigInteger tagOf(Packet packet) {
        return packet.v6()
                ? packet.get(Field.IP6_FIRST_WORD).and(BigInteger.valueOf(0xfffff))
                : packet.get(Field.IP_ID);
    }
}
