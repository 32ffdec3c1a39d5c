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
        return packet.with(Field.CT_STATE, ESTABLISHED)
                .with(Field.CT_STATUS, ANSWERED)
                .with(Field.CT_MARK, first.get(Field.CT_MARK))
                .with(Field.TCP_FLAGS, ACK)
                .with(Field.MARK, 0)
                .inConnectionOf(first);
    }
}
