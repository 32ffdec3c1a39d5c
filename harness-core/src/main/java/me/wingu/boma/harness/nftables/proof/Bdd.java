package me.wingu.boma.harness.nftables.proof;

import static me.wingu.boma.harness.nftables.proof.NodeTable.FALSE;
import static me.wingu.boma.harness.nftables.proof.NodeTable.LEAF;
import static me.wingu.boma.harness.nftables.proof.NodeTable.OPEN;
import static me.wingu.boma.harness.nftables.proof.NodeTable.TRUE;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Reduced ordered binary decision diagrams: Boolean functions as ints, equal exactly when the functions are equal.
 *
 * <p>The algorithms are those of Bryant, "Graph-Based Algorithms for Boolean Function Manipulation" (1986). Variables
 * are numbered from the top of the order, from 0. Not safe for use by several threads.
 */
final class Bdd {

    private static final int AND = 1;
    private static final int OR = 2;
    private static final int DIFFERENCE = 3;
    private static final int XOR = 4;
    private static final int ITE = 5;
    private static final int EXISTS = 6;
    private static final int DECIDES = 7;
    private static final int ELSE = 8;
    private static final int RESOLVE = 9;
    /** Substitutions take the numbers from here on, one each. */
    private static final int FIRST_SUBSTITUTION = 16;

    private final NodeTable nodes;
    private final OperationCache cache = new OperationCache();
    private final long allowedSteps;
    private long steps;
    private int substitutions;

    Bdd(ProofLimits limits) {
        nodes = new NodeTable(limits.nodes());
        allowedSteps = limits.steps();
    }

    /** Returns the function that is true when the variable is. */
    int variable(int variable) {
        return nodes.node(variable, FALSE, TRUE);
    }

    /** Returns the function that is true when the variable equals the value. */
    int literal(int variable, boolean value) {
        return value ? nodes.node(variable, FALSE, TRUE) : nodes.node(variable, TRUE, FALSE);
    }

    /** Returns {@code variable ? high : low}; the variable must come before all of both functions'. */
    int choose(int variable, int high, int low) {
        return nodes.node(variable, low, high);
    }

    int not(int f) {
        return difference(TRUE, f);
    }

    int and(int f, int g) {
        if (f == g || g == TRUE) {
            return f;
        }
        if (f == TRUE) {
            return g;
        }
        return f == FALSE || g == FALSE ? FALSE : binary(AND, Math.min(f, g), Math.max(f, g));
    }

    int or(int f, int g) {
        if (f == g || g == FALSE) {
            return f;
        }
        if (f == FALSE) {
            return g;
        }
        return f == TRUE || g == TRUE ? TRUE : binary(OR, Math.min(f, g), Math.max(f, g));
    }

    /** Returns {@code f and not g}. */
    int difference(int f, int g) {
        if (f == FALSE || g == TRUE || f == g) {
            return FALSE;
        }
        return g == FALSE ? f : binary(DIFFERENCE, f, g);
    }

    int xor(int f, int g) {
        if (f == g) {
            return FALSE;
        }
        if (f == FALSE) {
            return g;
        }
        return g == FALSE ? f : binary(XOR, Math.min(f, g), Math.max(f, g));
    }

    /** Returns {@code f ? g : h}. */
    int ite(int f, int g, int h) {
        if (f == TRUE || g == h) {
            return g;
        }
        if (f == FALSE) {
            return h;
        }
        if (g == TRUE) {
            return or(f, h);
        }
        if (g == FALSE) {
            return difference(h, f);
        }
        if (h == FALSE) {
            return and(f, g);
        }
        return ternary(ITE, f, g, h);
    }

    /**
     * Returns the decision, {@code TRUE} or {@code FALSE}, where {@code f} is true; elsewhere it is left {@code OPEN}. What
     * leaves something open is for {@link #orElse} and {@link #resolve} alone.
     */
    int decides(int f, int decision) {
        if (f <= TRUE) {
            return f == TRUE ? decision : OPEN;
        }
        return binary(DECIDES, f, decision);
    }

    /** Returns what {@code f} decides, and what {@code g} does where {@code f} leaves it open. */
    int orElse(int f, int g) {
        if (f == OPEN) {
            return g;
        }
        return f <= TRUE || f == g || g == OPEN ? f : binary(ELSE, f, g);
    }

    /** Returns {@code accepted} where {@code f} decides so, false where it decides that, and {@code rest} where it is open. */
    int resolve(int f, int accepted, int rest) {
        if (f <= OPEN) {
            return f == FALSE ? FALSE : f == TRUE ? accepted : rest;
        } else if (accepted == TRUE) {
            return orElse(f, rest);
        }
        return ternary(RESOLVE, f, accepted, rest);
    }

    /** Returns whether some values of the cube's variables make {@code f} true; the cube is their conjunction. */
    int exists(int f, int cube) {
        int wanted = cube;
        while (nodes.level(wanted) < nodes.level(f)) {
            wanted = nodes.high(wanted);
        }
        if (f <= TRUE || wanted == TRUE) {
            return f;
        }
        int known = cache.get(EXISTS, f, wanted, 0);
        if (known >= 0) {
            return known;
        }
        int level = nodes.level(f);
        int low = exists(nodes.low(f), wanted);
        int high = exists(nodes.high(f), wanted);
        int result = nodes.level(wanted) == level ? or(low, high) : nodes.node(level, low, high);
        return remember(EXISTS, f, wanted, 0, result);
    }

    /** Returns a new replacement of variables by functions; variables beyond the array's end stay themselves. */
    Substitution substitution(int[] functions) {
        return new Substitution(FIRST_SUBSTITUTION + substitutions++, functions.clone());
    }

    /** Returns {@code f} with the variables replaced, all at the same time. */
    int substitute(int f, Substitution by) {
        int level = nodes.level(f);
        if (level == LEAF || level > by.last()) {
            return f;
        }
        int known = cache.get(by.operation(), f, 0, 0);
        if (known >= 0) {
            return known;
        }
        int low = substitute(nodes.low(f), by);
        int high = substitute(nodes.high(f), by);
        int function = by.replaces(level) ? by.function(level) : variable(level);
        return remember(by.operation(), f, 0, 0, ite(function, high, low));
    }

    /** Returns the variables that {@code f} depends on. */
    BitSet support(int f) {
        BitSet variables = new BitSet();
        BitSet seen = new BitSet();
        int[] open = new int[64];
        int count = 0;
        open[count++] = f;
        while (count > 0) {
            int node = open[--count];
            if (node > TRUE && !seen.get(node)) {
                seen.set(node);
                variables.set(nodes.level(node));
                open = count + 2 > open.length ? Arrays.copyOf(open, 2 * open.length) : open;
                open[count++] = nodes.low(node);
                open[count++] = nodes.high(node);
            }
        }
        return variables;
    }

    /** Returns the variable at the top of {@code f}, which must not be constant. */
    int top(int f) {
        return nodes.level(f);
    }

    /** Returns what {@code f} is when its top variable has the value. */
    int child(int f, boolean value) {
        return value ? nodes.high(f) : nodes.low(f);
    }

    /** Returns how many nodes the proof has made so far. */
    int size() {
        return nodes.size();
    }

    private int binary(int operation, int f, int g) {
        int known = cache.get(operation, f, g, 0);
        if (known >= 0) {
            return known;
        }
        int top = Math.min(nodes.level(f), nodes.level(g));
        int low = apply(operation, low(f, top), low(g, top));
        int high = apply(operation, high(f, top), high(g, top));
        return remember(operation, f, g, 0, nodes.node(top, low, high));
    }

    private int apply(int operation, int f, int g) {
        return switch (operation) {
            case AND -> and(f, g);
            case OR -> or(f, g);
            case DIFFERENCE -> difference(f, g);
            case DECIDES -> decides(f, g);
            case ELSE -> orElse(f, g);
            default -> xor(f, g);
        };
    }

    private int ternary(int operation, int f, int g, int h) {
        int known = cache.get(operation, f, g, h);
        if (known >= 0) {
            return known;
        }
        int top = Math.min(nodes.level(f), Math.min(nodes.level(g), nodes.level(h)));
        int high = apply(operation, high(f, top), high(g, top), high(h, top));
        int low = apply(operation, low(f, top), low(g, top), low(h, top));
        return remember(operation, f, g, h, nodes.node(top, low, high));
    }

    private int apply(int operation, int f, int g, int h) {
        return operation == ITE ? ite(f, g, h) : resolve(f, g, h);
    }

    private int low(int f, int top) {
        return nodes.level(f) == top ? nodes.low(f) : f;
    }

    private int high(int f, int top) {
        return nodes.level(f) == top ? nodes.high(f) : f;
    }

    private int remember(int operation, int f, int g, int h, int result) {
        if (++steps > allowedSteps) {
            throw new ProofLimitException("steps", allowedSteps);
        }
        cache.fit(nodes.size());
        cache.put(operation, f, g, h, result);
        return result;
    }
}
