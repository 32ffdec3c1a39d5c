package me.wingu.boma.harness.nftables.proof;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import me.wingu.boma.harness.nftables.Family;
import me.wingu.boma.harness.nftables.evaluation.Evaluation;
import me.wingu.boma.harness.nftables.evaluation.Evaluator;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.RuleId;
import me.wingu.boma.harness.nftables.semantics.RulesetMeaning;

/**
 * Turns the packets that break a property into a finding: none, one for sure, or one that unknowns decide about.
 *
 * <p>A packet refutes nothing before the evaluator, which shares the meaning of rules but not the way of reasoning,
 * has seen it break the property too.
 */
final class Judge {

    private static final Condition.Unknown DISAGREEMENT = new Condition.Unknown(
            new RuleId(Family.INET, "(none)", "(none)", 0, 0),
            0,
            "an error in the harness: its prover and its evaluator disagree about this packet; please report it");

    private final Inquiry inquiry;
    private final RulesetMeaning ruleset;

    Judge(Inquiry inquiry, RulesetMeaning ruleset) {
        this.inquiry = inquiry;
        this.ruleset = ruleset;
    }

    /**
     * Judges a property.
     *
     * @param property the property in words
     * @param assumptions what it assumes
     * @param breaking the packets that break it, depending on the unknowns
     * @param broken whether what happens to a packet breaks it
     */
    Finding judge(String property, List<String> assumptions, int breaking, Predicate<Evaluation> broken) {
        Bdd bdd = inquiry.bdd();
        if (breaking == NodeTable.FALSE) {
            return new Finding(Finding.Kind.PROVED, property, assumptions, Optional.empty(), List.of());
        }
        int unknowns = inquiry.space().unknownCube();
        int always = bdd.not(bdd.exists(bdd.not(breaking), unknowns));
        Portrait portrait = new Portrait(inquiry, ruleset.network());
        if (always == NodeTable.FALSE) {
            Evaluation example = replay(portrait.of(bdd.exists(breaking, unknowns)));
            List<Condition.Unknown> doubts = doubts(bdd.support(breaking));
            return new Finding(Finding.Kind.UNKNOWN, property, assumptions, Optional.of(example), doubts);
        }
        Evaluation example = replay(portrait.of(always));
        return broken.test(example)
                ? new Finding(Finding.Kind.REFUTED, property, assumptions, Optional.of(example), List.of())
                : new Finding(
                        Finding.Kind.UNKNOWN, property, assumptions, Optional.of(example), List.of(DISAGREEMENT));
    }

    private Evaluation replay(Packet packet) {
        return new Evaluator(ruleset).evaluate(packet);
    }

    private List<Condition.Unknown> doubts(BitSet support) {
        HeaderSpace space = inquiry.space();
        return space.unknowns().stream()
                .filter(unknown -> space.variablesOf(unknown).stream().anyMatch(support::get))
                .toList();
    }
}
