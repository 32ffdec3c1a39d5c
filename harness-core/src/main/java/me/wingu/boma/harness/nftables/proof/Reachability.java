package me.wingu.boma.harness.nftables.proof;

import java.util.EnumSet;
import java.util.Set;
import me.wingu.boma.harness.nftables.Family;
import me.wingu.boma.harness.nftables.semantics.RuleId;
import me.wingu.boma.harness.nftables.semantics.RulesetMeaning;

/** Which packets come to a rule and meet its conditions. */
final class Reachability {

    private static final Set<Family> COVERED = EnumSet.of(Family.INET, Family.IP, Family.IP6, Family.NETDEV);

    private final RulesetMeaning ruleset;
    private final Inquiry inquiry;
    private final int arriving;
    private final int sent;

    Reachability(RulesetMeaning ruleset, Inquiry inquiry) {
        this.ruleset = ruleset;
        this.inquiry = inquiry;
        Bdd bdd = inquiry.bdd();
        arriving = bdd.or(
                inquiry.arrivingInAnyState(Arrivals.fromAnywhere()), inquiry.arrivingInAnyState(Arrivals.from("lo")));
        sent = inquiry.sentInAnyState();
    }

    /** Returns whether the way of packets past the rule is modelled. */
    static boolean covers(RuleId rule) {
        return COVERED.contains(rule.family());
    }

    /** Returns the packets, at their arrival or when this host sends them, that match the rule in the end. */
    int matching(RuleId rule) {
        if (!covers(rule)) {
            throw new IllegalArgumentException(
                    "whether " + rule + " can match is not known: the way of packets through "
                            + rule.family().keyword() + " tables is not modelled");
        }
        Bdd bdd = inquiry.bdd();
        Passage passage = inquiry.passageTo(rule, ruleset);
        int in = bdd.and(passage.fold(NodeTable.FALSE, NodeTable.FALSE), arriving);
        return bdd.or(in, bdd.and(passage.foldOutput(NodeTable.FALSE), sent));
    }
}
