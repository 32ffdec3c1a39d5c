package me.wingu.boma.harness.nftables.semantics;

import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** A question about one packet, exact except for its {@link Unknown} atoms. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public sealed interface Condition {

    /** True when all parts are; without parts, always. */
    record And(List<Condition> parts) implements Condition {
        /** Takes a copy. */
        public And {
            parts = List.copyOf(parts);
        }
    }

    /** True when one of the parts is; without parts, never. */
    record Or(List<Condition> parts) implements Condition {
        /** Takes a copy. */
        public Or {
            parts = List.copyOf(parts);
        }
    }

    /** True when the part is not. */
    record Not(Condition part) implements Condition {}

    /** True when {@code field & mask} is one of the values; the values have no bits outside the mask's range. */
    record Test(Field field, BigInteger mask, Values values) implements Condition {

        /** Returns whether the mask covers the whole field. */
        public boolean wholeField() {
            return mask.equals(field.ones());
        }
    }

    /**
     * Something that the ruleset does not tell: a limit, a random number, an untranslated extension. Two equal unknowns
     * have the same answer for the same packet.
     *
     * @param rule the rule that asks
     * @param ordinal distinguishes the unknowns of one rule
     * @param reason what cannot be known, in a few words, such as {@code limit rate 5/second}
     */
    record Unknown(RuleId rule, int ordinal, String reason) implements Condition {}

    /** Returns the condition that always holds. */
    static Condition always() {
        return Constants.ALWAYS;
    }

    /** Returns the condition that never holds. */
    static Condition never() {
        return Constants.NEVER;
    }

    /** Returns the test of a whole field. */
    static Condition test(Field field, Values values) {
        return test(field, field.ones(), values);
    }

    /** Returns the test of a masked field, folded when its answer is the same for all packets. */
    static Condition test(Field field, BigInteger mask, Values values) {
        if (values.isEmpty()) {
            return never();
        }
        Interval first = values.intervals().get(0);
        if (first.low().signum() == 0 && first.high().compareTo(mask) >= 0) {
            return always();
        }
        return new Test(field, mask, values);
    }

    /** Returns the condition that a field has this value. */
    static Condition is(Field field, long value) {
        return test(field, Values.of(value));
    }

    /** Returns the condition that all parts hold, without needless nesting. */
    static Condition all(List<Condition> parts) {
        Set<Condition> flat = new LinkedHashSet<>();
        for (Condition part : parts) {
            if (part instanceof And and) {
                flat.addAll(and.parts());
            } else {
                flat.add(part);
            }
        }
        if (flat.contains(never())) {
            return never();
        }
        return flat.size() == 1 ? flat.iterator().next() : new And(List.copyOf(flat));
    }

    /** Returns the condition that all parts hold. */
    static Condition all(Condition... parts) {
        return all(List.of(parts));
    }

    /** Returns the condition that one of the parts holds, without needless nesting. */
    static Condition any(List<Condition> parts) {
        if (parts.contains(always())) {
            return always();
        }
        List<Condition> live = parts.stream().filter(part -> !part.equals(never())).toList();
        return live.size() == 1 ? live.get(0) : new Or(live);
    }

    /** Returns the opposite, without double negation. */
    static Condition not(Condition part) {
        if (part instanceof Not not) {
            return not.part();
        } else if (part.equals(always())) {
            return never();
        }
        return part.equals(never()) ? always() : new Not(part);
    }
}
