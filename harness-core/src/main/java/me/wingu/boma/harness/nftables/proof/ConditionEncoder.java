package me.wingu.boma.harness.nftables.proof;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.IntBinaryOperator;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Interval;

/** Turns conditions on packets into decision diagrams. */
final class ConditionEncoder {

    private final HeaderSpace space;
    private final Bdd bdd;
    private final IdentityHashMap<Condition, Integer> known = new IdentityHashMap<>();

    ConditionEncoder(HeaderSpace space) {
        this.space = space;
        this.bdd = space.bdd();
    }

    /** Returns the diagram of a condition. */
    int encode(Condition condition) {
        Integer before = known.get(condition);
        if (before != null) {
            return before;
        }
        int diagram = diagram(condition);
        known.put(condition, diagram);
        return diagram;
    }

    private int diagram(Condition condition) {
        if (condition instanceof Condition.And and) {
            return combine(and.parts(), NodeTable.TRUE, bdd::and);
        } else if (condition instanceof Condition.Or or) {
            return combine(or.parts(), NodeTable.FALSE, bdd::or);
        } else if (condition instanceof Condition.Not not) {
            return bdd.not(encode(not.part()));
        } else if (condition instanceof Condition.Test test) {
            return test(test);
        }
        return bdd.variable(space.unknown((Condition.Unknown) condition));
    }

    private int test(Condition.Test test) {
        List<Interval> intervals = test.values().intervals();
        return Balanced.reduce(
                intervals.size(),
                i -> space.within(test.field(), test.mask(), intervals.get(i)),
                NodeTable.FALSE,
                bdd::or);
    }

    private int combine(List<Condition> parts, int neutral, IntBinaryOperator operation) {
        return Balanced.reduce(parts.size(), i -> encode(parts.get(i)), neutral, operation);
    }
}
