package me.wingu.boma.harness.nftables.proof;

import java.math.BigInteger;
import java.util.BitSet;

/** A conjunction of variables and negated variables, as it is put together. */
final class Cube {

    private final BitSet known = new BitSet();
    private final BitSet ones = new BitSet();

    /**
     * Adds, for each bit of the mask, the field's variable with the value's bit.
     *
     * @return false when another value is there already: no packet meets all of it then
     */
    boolean add(BitField field, BigInteger mask, BigInteger value) {
        boolean fits = true;
        for (int bit = Math.min(field.width(), mask.bitLength()) - 1; bit >= 0; bit--) {
            if (mask.testBit(bit)) {
                int variable = field.variable(bit);
                boolean one = value.testBit(bit);
                fits &= !known.get(variable) || ones.get(variable) == one;
                known.set(variable);
                ones.set(variable, one);
            }
        }
        return fits;
    }

    /**
     * Returns its diagram, built from the bottom without any operation on diagrams.
     *
     * @param inside the constant for what meets the conjunction
     * @param outside the constant for what does not
     */
    int diagram(Bdd bdd, int inside, int outside) {
        int result = inside;
        for (int variable = known.length() - 1; variable >= 0; variable = known.previousSetBit(variable - 1)) {
            result = ones.get(variable)
                    ? bdd.choose(variable, result, outside)
                    : bdd.choose(variable, outside, result);
        }
        return result;
    }
}
