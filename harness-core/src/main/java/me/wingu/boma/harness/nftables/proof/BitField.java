package me.wingu.boma.harness.nftables.proof;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * An unsigned number in the variables of a diagram, most significant bit first, and the conditions on it.
 *
 * @param bdd the diagrams
 * @param first the variable of the most significant bit
 * @param width the number of bits, at least 1
 */
record BitField(Bdd bdd, int first, int width) {

    /** Returns the greatest number: all bits set. */
    BigInteger ones() {
        return BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
    }

    /** Returns the condition that the number is this one; {@code FALSE} when it does not fit the width. */
    int equal(BigInteger number) {
        return masked(ones(), number);
    }

    /** Returns the condition that {@code this & mask} is the number; {@code FALSE} when the number leaves the mask. */
    int masked(BigInteger mask, BigInteger number) {
        if (number.signum() < 0 || number.andNot(mask).signum() != 0) {
            return NodeTable.FALSE;
        }
        int condition = NodeTable.TRUE;
        for (int bit = 0; bit < width; bit++) {
            if (mask.testBit(bit)) {
                condition = number.testBit(bit)
                        ? bdd.choose(variable(bit), condition, NodeTable.FALSE)
                        : bdd.choose(variable(bit), NodeTable.FALSE, condition);
            }
        }
        return condition;
    }

    /** Returns the condition that {@code this & mask} is neither below the first nor above the second bound. */
    int between(BigInteger mask, BigInteger low, BigInteger high) {
        if (low.equals(high)) {
            return masked(mask, low);
        }
        return low.compareTo(high) > 0 ? NodeTable.FALSE : bdd.and(atLeast(mask, low), bdd.not(atLeast(mask, after(high))));
    }

    /** Returns the functions of its bits, bit 0 first. */
    int[] bits() {
        int[] bits = new int[width];
        Arrays.setAll(bits, bit -> bdd.variable(variable(bit)));
        return bits;
    }

    /** Returns the variable of a bit; bit 0 is the least significant one. */
    int variable(int bit) {
        return first + width - 1 - bit;
    }

    /** Returns whether the variable is one of its bits. */
    boolean has(int variable) {
        return variable >= first && variable < first + width;
    }

    private int atLeast(BigInteger mask, BigInteger low) {
        if (low.signum() <= 0) {
            return NodeTable.TRUE;
        }
        if (low.bitLength() > width) {
            return NodeTable.FALSE;
        }
        int condition = NodeTable.TRUE;
        for (int bit = 0; bit < width; bit++) {
            boolean wanted = low.testBit(bit);
            if (mask.testBit(bit)) {
                condition = wanted
                        ? bdd.choose(variable(bit), condition, NodeTable.FALSE)
                        : bdd.choose(variable(bit), NodeTable.TRUE, condition);
            } else if (wanted) {
                condition = NodeTable.FALSE;
            }
        }
        return condition;
    }

    private static BigInteger after(BigInteger number) {
        return number.add(BigInteger.ONE);
    }
}
