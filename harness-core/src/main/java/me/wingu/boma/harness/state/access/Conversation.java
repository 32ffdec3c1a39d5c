package me.wingu.boma.harness.state.access;

import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import me.wingu.boma.harness.nftables.semantics.Field;

/**
 * The packets of a connection after its first one.
 *
 * @param first the first packet as it arrived at the host, after translations
 */
record Conversation(Packet first) {

    private static final int ESTABLISHED = 2;
    /** {@code IPS_SEEN_REPLY} and {@code IPS_CONFIRMED} of the kernel. */
    private static final int ANSWERED = 2 | 8;
    /** The flag of a TCP segment that is no first one. */
    private static final int ACK = 0x10;

    /** Returns the next packet of the one who opened it. */
    Packet next() {
        return known(first).with(Field.CT_DIRECTION, 0);
    }

    /** Returns the host's answer; its routes say by which interface it leaves. */
    Packet answer() {
        IpAddress host = first.destination();
        IpAddress client = first.source();
        return known(Packet.tcp(host, client, first.get(Field.SPORT).intValue()))
                .with(Field.SPORT, first.get(Field.DPORT))
                .with(Field.CT_DIRECTION, 1);
    }

    private Packet known(Packet packet) {
        boolean six = first.v6();
        Field source = six ? Field.IP6_SADDR : Field.IP_SADDR;
        Field destination = six ? Field.IP6_DADDR : Field.IP_DADDR;
        return packet.with(Field.CT_STATE, ESTABLISHED)
                .with(Field.CT_STATUS, ANSWERED)
                .with(Field.CT_MARK, first.get(Field.CT_MARK))
                .with(Field.TCP_FLAGS, ACK)
                .with(Field.MARK, 0)
                .with(six ? Field.CT_ORIGINAL_SADDR6 : Field.CT_ORIGINAL_SADDR4, first.get(source))
                .with(six ? Field.CT_ORIGINAL_DADDR6 : Field.CT_ORIGINAL_DADDR4, first.get(destination))
                .with(six ? Field.CT_REPLY_SADDR6 : Field.CT_REPLY_SADDR4, first.get(destination))
                .with(six ? Field.CT_REPLY_DADDR6 : Field.CT_REPLY_DADDR4, first.get(source))
                .with(Field.CT_ORIGINAL_SPORT, first.get(Field.SPORT))
                .with(Field.CT_ORIGINAL_DPORT, first.get(Field.DPORT))
                .with(Field.CT_REPLY_SPORT, first.get(Field.DPORT))
                .with(Field.CT_REPLY_DPORT, first.get(Field.SPORT));
    }
}
