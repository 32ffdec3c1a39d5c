package me.wingu.boma.harness.nftables.proof;

import java.math.BigInteger;
import java.util.Optional;
import me.wingu.boma.harness.nftables.semantics.Interval;

/**
 * A question about the bits of a field.
 *
 * @param field the field
 * @param mask the bits that it asks about
 * @param values the numbers, of those bits alone, that answer it with yes
 */
record BitTest(BitField field, BigInteger mask, Interval values) {

    int diagram() {
        return field.between(mask, values.low(), values.high());
    }

    /**
     * Returns the bits that must be those of the least value, when the test asks for no more than that, as one for a
     * single value or for a prefix of addresses does.
     */
    Optional<BigInteger> fixedBits() {
        if (values.low().andNot(mask).signum() != 0) {
            return Optional.empty();
        } else if (values.single()) {
            return Optional.of(mask);
        }
        BigInteger differing = values.low().xor(values.high());
        BigInteger open = BigInteger.ONE.shiftLeft(differing.bitLength()).subtract(BigInteger.ONE);
        boolean prefix = values.low().and(open).signum() == 0 && values.high().and(open).equals(open);
        return prefix && open.andNot(mask).signum() == 0 ? Optional.of(mask.andNot(open)) : Optional.empty();
    }
}
