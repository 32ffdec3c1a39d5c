package me.wingu.boma.harness.nftables.kernel;

import me.wingu.boma.harness.nftables.evaluation.Packet;
import me.wingu.boma.harness.nftables.semantics.Field;

/**
 * One packet to be compared.
 *
 * @param packet the packet as the model sees it at its start
 * @param mode the way that it takes
 * @param input the interface that it comes in through; empty for OUTPUT
 * @param output the interface behind which every address lies; empty for INPUT
 */
record Probe(Packet packet, Mode mode, String input, String output) {

    /** Two packets of one connection would not both be the first one. */
    String connection() {
        return packet.source() + " " + packet.destination() + " "
                + packet.get(Field.L4PROTO) + " "
                + packet.get(Field.SPORT) + " "
                + packet.get(Field.DPORT);
    }

    Probe with(Packet changed) {
        return new Probe(changed, mode, input, output);
    }
}
