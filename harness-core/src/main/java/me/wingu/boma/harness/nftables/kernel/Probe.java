package me.wingu.boma.harness.nftables.kernel;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import me.wingu.boma.harness.nftables.semantics.Field;

/**
 * One packet to be compared.
 *
 * @param packet the packet as the model sees it at its start
 * @param mode the way that it takes
 * @param own whether the namespace sends it itself
 * @param input the interface that it comes in through; empty for a packet of its own
 * @param output the interface behind which every address lies; empty for INPUT
 * @param opener the packet that opened the connection which this one belongs to
 */
record Probe(Packet packet, Mode mode, boolean own, String input, String output, Optional<Probe> opener) {

    /** Returns the connection, whichever way the packet goes; two packets of one would not both be the first. */
    String connection() {
        return Stream.of(
                        packet.source() + " " + packet.get(Field.SPORT),
                        packet.destination() + " " + packet.get(Field.DPORT))
                .sorted()
                .collect(Collectors.joining(" ", packet.get(Field.L4PROTO) + " ", ""));
    }

    /** Returns whether it is part of a packet only. */
    boolean fragment() {
        return !packet.v6() && (packet.get(Field.IP_FRAG_OFF).intValue() & 0x3fff) != 0;
    }

    Probe with(Packet changed) {
        return new Probe(changed, mode, own, input, output, opener);
    }

    Probe openedBy(Probe first) {
        return new Probe(packet, mode, own, input, output, Optional.of(first));
    }
}
