package me.wingu.boma.harness.nftables.proof;

import java.math.BigInteger;

/**
 * One assignment out of many, narrowed down wish by wish, so that a counterexample looks like ordinary traffic.
 *
 * <p>The idea of ordered preferences is Batfish's.
 */
final class Choice {

    private final Bdd bdd;
    private int rest;

    /** Starts with all assignments that make the condition true; there must be one. */
    Choice(Bdd bdd, int condition) {
        if (condition == NodeTable.FALSE) {
            throw new IllegalArgumentException("nothing to choose from");
        }
        this.bdd = bdd;
        this.rest = condition;
    }

    /** Keeps only the assignments that fulfil the wish, unless none would be left; returns whether it was granted. */
    boolean wish(int condition) {
        int granted = bdd.and(rest, condition);
        if (granted == NodeTable.FALSE) {
            return false;
        }
        rest = granted;
        return true;
    }

    /** Returns the least value that the field can have, and keeps only the assignments in which it does. */
    BigInteger settle(BitField field) {
        BigInteger value = BigInteger.ZERO;
        for (int bit = field.width() - 1; bit >= 0; bit--) {
            if (!wish(bdd.literal(field.variable(bit), false))) {
                rest = bdd.and(rest, bdd.variable(field.variable(bit)));
                value = value.setBit(bit);
            }
        }
        return value;
    }
}
