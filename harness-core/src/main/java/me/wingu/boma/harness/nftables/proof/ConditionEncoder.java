package me.wingu.boma.harness.nftables.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
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
            return all(and.parts(), NodeTable.TRUE, NodeTable.FALSE);
        } else if (condition instanceof Condition.Or or) {
            return combine(or.parts(), NodeTable.FALSE, bdd::or);
        } else if (condition instanceof Condition.Not not) {
            return bdd.not(encode(not.part()));
        } else if (condition instanceof Condition.Test test) {
            return test(test);
        }
        return bdd.variable(space.unknown((Condition.Unknown) condition));
    }

    /** Returns the decision, {@code TRUE} or {@code FALSE}, where all conditions hold; elsewhere it is left open. */
    int decides(List<Condition> guards, int decision) {
        return all(guards, decision, NodeTable.OPEN);
    }

    /**
     * Returns one constant where several conditions hold together, and another elsewhere. Tests of single values and
     * prefixes, which rules are mostly made of, become one cube.
     */
    private int all(List<Condition> parts, int inside, int outside) {
        Cube cube = new Cube();
        List<Condition> others = new ArrayList<>();
        if (!collect(parts, cube, others)) {
            return outside;
        } else if (others.isEmpty()) {
            return cube.diagram(bdd, inside, outside);
        }
        int rest = combine(others, NodeTable.TRUE, bdd::and);
        int both = bdd.and(cube.diagram(bdd, NodeTable.TRUE, NodeTable.FALSE), rest);
        return outside == NodeTable.OPEN ? bdd.decides(both, inside) : both;
    }

    /** Adds conditions to the cube or to the others; false when one contradicts the cube. */
    private boolean collect(List<Condition> parts, Cube cube, List<Condition> others) {
        for (Condition part : parts) {
            boolean fits = part instanceof Condition.And and
                    ? collect(and.parts(), cube, others)
                    : collect(part, cube, others);
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private boolean collect(Condition part, Cube cube, List<Condition> others) {
        if (part instanceof Condition.Test test && test.values().intervals().size() == 1) {
            BitTest bits = space.test(test.field(), test.mask(), test.values().intervals().get(0));
            Optional<BigInteger> fixed = bits.fixedBits();
            if (fixed.isPresent()) {
                return cube.add(bits.field(), fixed.get(), bits.values().low());
            }
        }
        others.add(part);
        return true;
    }

    private int test(Condition.Test test) {
        List<Interval> intervals = test.values().intervals();
        return Balanced.reduce(
                intervals.size(),
                i -> space.test(test.field(), test.mask(), intervals.get(i)).diagram(),
                NodeTable.FALSE,
                bdd::or);
    }

    private int combine(List<Condition> parts, int neutral, IntBinaryOperator operation) {
        return Balanced.reduce(parts.size(), i -> encode(parts.get(i)), neutral, operation);
    }
}
