package me.wingu.boma.harness.nftables.proof;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.BitSet;

/** A substitution that is being put together, field by field. */
final class Draft {

    private final HeaderSpace space;
    private final int[] functions;

    Draft(HeaderSpace space) {
        this.space = space;
        this.functions = new int[space.variables()];
        Arrays.fill(functions, Substitution.KEEP);
    }

    /** Replaces a field; bit 0 of the replacement comes first. */
    Draft set(BitField field, int[] bits) {
        for (int bit = 0; bit < field.width(); bit++) {
            functions[field.variable(bit)] = bits[bit];
        }
        return this;
    }

    /** Replaces a field by another one of the same width. */
    Draft copy(BitField from, BitField to) {
        return set(to, from.bits());
    }

    /** Returns the diagram with the fields replaced; fields that it does not depend on cost nothing. */
    int in(int f) {
        BitSet support = space.bdd().support(f);
        for (int variable = 0; variable < functions.length; variable++) {
            if (!support.get(variable)) {
                functions[variable] = Substitution.KEEP;
            }
        }
        return space.bdd().substitute(f, substitution());
    }

    /** Returns the finished substitution. */
    Substitution substitution() {
        int last = functions.length;
        while (last > 0 && functions[last - 1] == Substitution.KEEP) {
            last--;
        }
        return space.bdd().substitution(Arrays.copyOf(functions, last));
    }

    /** Returns the bits of a number in the width of a field, bit 0 first. */
    static int[] constant(BitField field, BigInteger number) {
        int[] bits = new int[field.width()];
        Arrays.setAll(bits, bit -> number.testBit(bit) ? NodeTable.TRUE : NodeTable.FALSE);
        return bits;
    }
}
