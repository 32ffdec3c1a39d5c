package me.wingu.boma.harness.nftables.proof;

import java.util.ArrayList;
import java.util.List;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.RuleMeaning;
import me.wingu.boma.harness.nftables.semantics.Ruling;
import me.wingu.boma.harness.nftables.semantics.Step;

/**
 * What some rules in a row do together, when all they do is to accept and to drop.
 *
 * <p>Stretches join by halves; folding ten thousand rules one by one would copy a large diagram ten thousand times.
 *
 * @param rulings true for the packets that one of them accepts, false for those that one drops; the others are open
 */
record Stretch(int rulings) {

    /** Returns whether the rule only accepts or drops the packets that meet its conditions, or does nothing at all. */
    static boolean fits(RuleMeaning rule) {
        for (Step step : rule.steps()) {
            if (step instanceof Step.Decide decide) {
                return fits(decide.ruling().kind());
            }
            if (!(step instanceof Step.Guard) && !(step instanceof Step.Change)) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(Ruling.Kind kind) {
        return kind == Ruling.Kind.ACCEPT || kind == Ruling.Kind.DROP || kind == Ruling.Kind.REJECT;
    }

    /** Returns what the rules do together; all of them must {@linkplain #fits fit}. */
    static Stretch of(List<RuleMeaning> rules, Bdd bdd, ConditionEncoder conditions) {
        if (rules.size() == 1) {
            return of(rules.get(0), conditions);
        }
        int middle = rules.size() / 2;
        Stretch first = of(rules.subList(0, middle), bdd, conditions);
        Stretch second = of(rules.subList(middle, rules.size()), bdd, conditions);
        return new Stretch(bdd.orElse(first.rulings, second.rulings));
    }

    /** Returns the packets that get through when the stretch is followed by these continuations. */
    int before(Bdd bdd, int afterAccept, int afterAll) {
        return bdd.resolve(rulings, afterAccept, afterAll);
    }

    private static Stretch of(RuleMeaning rule, ConditionEncoder conditions) {
        List<Condition> guards = new ArrayList<>();
        for (Step step : rule.steps()) {
            if (step instanceof Step.Guard guard) {
                guards.add(guard.condition());
            } else if (step instanceof Step.Decide decide) {
                boolean accepts = decide.ruling().kind() == Ruling.Kind.ACCEPT;
                return new Stretch(conditions.decides(guards, accepts ? NodeTable.TRUE : NodeTable.FALSE));
            }
        }
        return new Stretch(NodeTable.OPEN);
    }
}
