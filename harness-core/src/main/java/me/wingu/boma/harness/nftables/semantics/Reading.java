package me.wingu.boma.harness.nftables.semantics;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Something that a rule reads, which has a value only when {@code requires} holds; otherwise the rule ends there.
 *
 * @param type how its values are written
 * @param bits its width
 * @param requires the hidden dependency
 * @param test turns "is one of these values" into a condition
 * @param slice where it stands, when it is a run of bits of one field
 */
record Reading(
        DataType type, int bits, Condition requires, Function<Values, Condition> test, Optional<Slice> slice) {

    /**
     * A run of bits of a field, perhaps masked and inverted: {@code ((field >> low) & and) ^ xor}.
     *
     * @param field the field
     * @param low how many bits of the field are below the run
     * @param bits the run's length
     * @param and the bits that are kept
     * @param xor the bits that are inverted afterwards
     */
    record Slice(Field field, int low, int bits, BigInteger and, BigInteger xor) {

        Condition test(Values values) {
            BigInteger mask = and.shiftLeft(low);
            if (xor.signum() == 0) {
                return Condition.test(field, mask, shifted(values));
            }
            List<Interval> turned = new ArrayList<>();
            for (Interval interval : values.intervals()) {
                if (!interval.single()) {
                    throw new NotModelled("a range after ^");
                }
                turned.add(Interval.of(interval.low().xor(xor)));
            }
            return Condition.test(field, mask, shifted(new Values(turned)));
        }

        /** Values that the mask cannot produce are harmless: no packet has them. */
        private Values shifted(Values values) {
            BigInteger most = Field.ones(bits);
            List<Interval> moved = new ArrayList<>(values.intervals().size());
            for (Interval interval : values.intervals()) {
                if (interval.low().compareTo(most) <= 0) {
                    moved.add(new Interval(interval.low().shiftLeft(low), interval.high().min(most).shiftLeft(low)));
                }
            }
            return new Values(moved);
        }
    }

    static Reading of(Field field, DataType type, Condition requires) {
        return of(new Slice(field, 0, field.bits(), field.ones(), BigInteger.ZERO), type, requires);
    }

    static Reading of(Slice slice, DataType type, Condition requires) {
        return new Reading(type, slice.bits(), requires, slice::test, Optional.of(slice));
    }

    /** A reading that no field holds as such. */
    static Reading derived(DataType type, int bits, Condition requires, Function<Values, Condition> test) {
        return new Reading(type, bits, requires, test, Optional.empty());
    }

    Condition in(Values values) {
        return test.apply(values);
    }

    Slice sliceOr(String purpose) {
        return slice.orElseThrow(() -> new NotModelled(purpose));
    }

    Reading requiring(Condition more) {
        return new Reading(type, bits, Condition.all(requires, more), test, slice);
    }
}
