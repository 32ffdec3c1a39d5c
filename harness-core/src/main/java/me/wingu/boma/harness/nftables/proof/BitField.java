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

    /** Returns the condition that the number is this one; {@code FALSE} when it does not fit the width. */
    int equal(BigInteger number) {
        return masked(BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE), number);
    }

    /** Returns the condition that the number equals another one in all bits of the mask. */
    int masked(BigInteger mask, BigInteger number) {
        if (outside(number)) {
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

    /** Returns the condition that the number is neither below the first nor above the second bound. */
    int between(BigInteger low, BigInteger high) {
        return low.compareTo(high) > 0 ? NodeTable.FALSE : bdd.and(atLeast(low), atMost(high));
    }

    /** Returns a replacement that sets the masked bits to those of the number. */
    Substitution assign(BigInteger mask, BigInteger number) {
        int[] functions = new int[first + width];
        Arrays.fill(functions, Substitution.KEEP);
        for (int bit = 0; bit < width; bit++) {
            if (mask.testBit(bit)) {
                functions[variable(bit)] = number.testBit(bit) ? NodeTable.TRUE : NodeTable.FALSE;
            }
        }
        return bdd.substitution(functions);
    }

    /** Returns the variable of a bit; bit 0 is the least significant one. */
    int variable(int bit) {
        return first + width - 1 - bit;
    }

    private int atLeast(BigInteger low) {
        if (low.signum() <= 0) {
            return NodeTable.TRUE;
        }
        if (outside(low)) {
            return NodeTable.FALSE;
        }
        int condition = NodeTable.TRUE;
        for (int bit = 0; bit < width; bit++) {
            condition = low.testBit(bit)
                    ? bdd.choose(variable(bit), condition, NodeTable.FALSE)
                    : bdd.choose(variable(bit), NodeTable.TRUE, condition);
        }
        return condition;
    }

    private int atMost(BigInteger high) {
        if (high.signum() < 0) {
            return NodeTable.FALSE;
        }
        if (outside(high)) {
            return NodeTable.TRUE;
        }
        int condition = NodeTable.TRUE;
        for (int bit = 0; bit < width; bit++) {
            condition = high.testBit(bit)
                    ? bdd.choose(variable(bit), condition, NodeTable.TRUE)
                    : bdd.choose(variable(bit), NodeTable.FALSE, condition);
        }
        return condition;
    }

    private boolean outside(BigInteger number) {
        return number.signum() < 0 || number.bitLength() > width;
    }
}
