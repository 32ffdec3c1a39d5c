package me.wingu.boma.harness.nftables.proof;

import java.util.EnumSet;
import java.util.Set;
import me.wingu.boma.harness.nftables.Family;
import me.wingu.boma.harness.nftables.semantics.ChainMeaning;
import me.wingu.boma.harness.nftables.semantics.RuleId;
import me.wingu.boma.harness.nftables.semantics.RulesetMeaning;

/** Which packets come to a rule and meet its conditions. */
final class Reachability {

    private static final Set<Family> COVERED = EnumSet.of(Family.INET, Family.IP, Family.IP6, Family.NETDEV);

    private static final int DEFRAGMENTATION = -400;

    private final RulesetMeaning ruleset;
    private final Inquiry inquiry;
    private final int arriving;
    private final int arrivingInFragments;
    private final int sent;

    Reachability(RulesetMeaning ruleset, Inquiry inquiry) {
        this.ruleset = ruleset;
        this.inquiry = inquiry;
        Bdd bdd = inquiry.bdd();
        Arrivals anywhere = Arrivals.fromAnywhere();
        Arrivals loopback = Arrivals.from("lo");
        arriving = bdd.or(inquiry.arrivingInAnyState(anywhere), inquiry.arrivingInAnyState(loopback));
        arrivingInFragments = bdd.or(inquiry.arrivingInFragments(anywhere), inquiry.arrivingInFragments(loopback));
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
        int arrived = seesFragments(rule) ? arrivingInFragments : arriving;
        int in = bdd.and(passage.fold(NodeTable.FALSE, NodeTable.FALSE), arrived);
        return bdd.or(in, bdd.and(passage.foldOutput(NodeTable.FALSE), sent));
    }

    /**
     * Returns whether fragments may come to a rule: {@code nf_defrag_ipv4} puts them together at the start of prerouting,
     * and a chain that is called is taken to be called from wherever its table sees packets.
     */
    private boolean seesFragments(RuleId rule) {
        return ruleset.chains()
                .map(ChainMeaning::chain)
                .filter(chain -> chain.family() == rule.family() && chain.table().equals(rule.table()))
                .filter(chain -> chain.name().equals(rule.chain()) || isCalled(rule))
                .flatMap(chain -> chain.base().stream())
                .anyMatch(base -> base.hook().equals("ingress")
                        || (base.hook().equals("prerouting") && base.priority() <= DEFRAGMENTATION));
    }

    private boolean isCalled(RuleId rule) {
        return ruleset.chain(rule.family(), rule.table(), rule.chain())
                .filter(chain -> chain.chain().base().isEmpty())
                .isPresent();
    }
}
