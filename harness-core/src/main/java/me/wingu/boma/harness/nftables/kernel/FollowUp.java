package me.wingu.boma.harness.nftables.kernel;

import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.nftables.evaluation.Answer;
import me.wingu.boma.harness.nftables.evaluation.Outcome;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import me.wingu.boma.harness.nftables.semantics.Field;

/** What connection tracking takes a packet for that follows another one. */
final class FollowUp {

    private static final int ESTABLISHED = 2;
    private static final int RELATED = 4;
    private static final int NEW = 8;
    private static final int SEEN_REPLY_AND_CONFIRMED = 2 | 8;
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;

    private FollowUp() {}

    /** Returns the packet with its connection; empty when the model cannot tell whether there is one. */
    static Optional<Packet> of(Judge judge, Probe probe) {
        if (probe.opener().isEmpty()) {
            return Optional.of(probe.packet());
        }
        Packet opener = probe.opener().get().packet();
        List<Outcome> outcomes = Expectation.outcomes(judge, opener);
        if (outcomes.stream().noneMatch(outcome -> opened(opener, outcome))) {
            return Optional.of(probe.packet());
        }
        Outcome only = outcomes.get(0);
        boolean certain = outcomes.stream().allMatch(outcome -> opened(opener, outcome)
                && outcome.notes().isEmpty()
                && outcome.last().get(Field.CT_MARK).equals(only.last().get(Field.CT_MARK)));
        return certain && !translated(opener, only) ? Optional.of(connected(probe.packet(), opener, only)) : Optional.empty();
    }

    private static boolean opened(Packet opener, Outcome outcome) {
        return outcome.verdict() == Answer.ACCEPT
                && opener.get(Field.CT_STATE).intValue() == NEW
                && outcome.last().get(Field.CT_STATE).intValue() == NEW;
    }

    private static boolean translated(Packet opener, Outcome outcome) {
        return !List.of(Field.IP_SADDR, Field.IP_DADDR, Field.IP6_SADDR, Field.IP6_DADDR, Field.SPORT, Field.DPORT).stream()
                .allMatch(field -> opener.get(field).equals(outcome.last().get(field)));
    }

    private static Packet connected(Packet packet, Packet opener, Outcome opened) {
        return packet.with(Field.CT_STATE, error(packet, opener) ? RELATED : ESTABLISHED)
                .with(Field.CT_DIRECTION, 1)
                .with(Field.CT_STATUS, SEEN_REPLY_AND_CONFIRMED)
                .with(Field.CT_MARK, opened.last().get(Field.CT_MARK))
                .inConnectionOf(opener);
    }

    /** An ICMP message about a connection of another protocol. */
    static boolean error(Packet packet, Packet opener) {
        int protocol = packet.get(Field.L4PROTO).intValue();
        return (protocol == ICMP || protocol == ICMPV6) && !packet.get(Field.L4PROTO).equals(opener.get(Field.L4PROTO));
    }
}
