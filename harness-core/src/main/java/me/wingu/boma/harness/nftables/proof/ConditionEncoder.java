package me.wingu.boma.harness.nftables.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
            return all(and.parts());
        } else if (condition instanceof Condition.Or or) {
            return combine(or.parts(), NodeTable.FALSE, bdd::or);
        } else if (condition instanceof Condition.Not not) {
            return bdd.not(encode(not.part()));
        } else if (condition instanceof Condition.Test test) {
            return test(test);
        }
        return bdd.variable(space.unknown((Condition.Unknown) condition));
    }

    /**
     * Returns the diagram of several conditions together. Tests of single values and prefixes, which rules are mostly made
     * of, become one cube, built from the bottom without any operation on diagrams.
     */
    int all(List<Condition> parts) {
        TreeMap<Integer, Boolean> cube = new TreeMap<>(Comparator.reverseOrder());
        List<Condition> others = new ArrayList<>();
        for (Condition part : parts) {
            if (!collect(part, cube, others)) {
                return NodeTable.FALSE;
            }
        }
        int result = NodeTable.TRUE;
        for (Map.Entry<Integer, Boolean> literal : cube.entrySet()) {
            int variable = literal.getKey();
            result = literal.getValue()
                    ? bdd.choose(variable, result, NodeTable.FALSE)
                    : bdd.choose(variable, NodeTable.FALSE, result);
        }
        int rest = combine(others, NodeTable.TRUE, bdd::and);
        return bdd.and(result, rest);
    }

    /** Adds a condition to the cube or to the others; false when it contradicts the cube. */
    private boolean collect(Condition condition, Map<Integer, Boolean> cube, List<Condition> others) {
        if (condition instanceof Condition.And and) {
            return and.parts().stream().allMatch(part -> collect(part, cube, others));
        } else if (condition instanceof Condition.Test test && test.values().intervals().size() == 1) {
            Optional<BigInteger> open = space.openBits(test.field(), test.mask(), test.values().intervals().get(0));
            if (open.isPresent()) {
                return space.literals(test.field(), test.mask().andNot(open.get()), test.values().intervals().get(0).low(), cube);
            }
        }
        others.add(condition);
        return true;
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
