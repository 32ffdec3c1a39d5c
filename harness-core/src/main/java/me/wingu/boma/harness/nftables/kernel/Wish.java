package me.wingu.boma.harness.nftables.kernel;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.Interval;
import me.wingu.boma.harness.nftables.semantics.Values;

/**
 * What a packet should be like to meet some conditions. A wish may stay unfulfilled: the packet is judged as it came out.
 */
final class Wish {

    private final RandomGenerator random;
    private final Map<Field, Values> whole = new EnumMap<>(Field.class);
    private final List<Condition.Test> masked = new ArrayList<>();

    Wish(RandomGenerator random) {
        this.random = random;
    }

    /** Adds a condition; of alternatives, one is picked. */
    void add(Condition condition, boolean wanted) {
        if (condition instanceof Condition.Not not) {
            add(not.part(), !wanted);
        } else if (condition instanceof Condition.And and) {
            addParts(and.parts(), wanted, wanted);
        } else if (condition instanceof Condition.Or or) {
            addParts(or.parts(), !wanted, wanted);
        } else if (condition instanceof Condition.Test test) {
            add(test, wanted);
        }
    }

    private void addParts(List<Condition> parts, boolean all, boolean wanted) {
        if (all) {
            parts.forEach(part -> add(part, wanted));
        } else if (!parts.isEmpty()) {
            add(parts.get(random.nextInt(parts.size())), wanted);
        }
    }

    private void add(Condition.Test test, boolean wanted) {
        int bits = test.field().bits();
        Values values = wanted ? test.values() : test.values().complement(bits);
        if (test.wholeField()) {
            whole.merge(test.field(), values, (one, other) -> one.and(other, bits));
        } else {
            masked.add(new Condition.Test(test.field(), test.mask(), wanted ? values : missing(test)));
        }
    }

    private static Values missing(Condition.Test test) {
        Values reachable = test.values().complement(test.field().bits());
        BigInteger flipped = test.values().intervals().get(0).low().xor(test.mask()).and(test.mask());
        return reachable.contains(flipped) ? Values.of(flipped) : reachable;
    }

    Optional<Values> values(Field field) {
        return Optional.ofNullable(whole.get(field));
    }

    /** Returns whether the wish allows this value of the field. */
    boolean admits(Field field, long number) {
        BigInteger value = BigInteger.valueOf(number);
        return values(field).map(values -> values.contains(value)).orElse(true)
                && masked.stream().allMatch(test -> test.field() != field || test.values().contains(value.and(test.mask())));
    }

    /** Returns a value for the field, on or near a border more often than in the middle. */
    Optional<BigInteger> choose(Field field, BigInteger otherwise) {
        Values values = whole.get(field);
        if (values != null && values.isEmpty()) {
            return Optional.empty();
        }
        BigInteger value = values == null ? otherwise : pick(values);
        for (Condition.Test test : masked) {
            if (test.field() == field && !test.values().isEmpty()) {
                value = value.andNot(test.mask()).or(pick(test.values()).and(test.mask()));
            }
        }
        return values == null && value.equals(otherwise) ? Optional.empty() : Optional.of(value);
    }

    private BigInteger pick(Values values) {
        Interval interval = values.intervals().get(random.nextInt(values.intervals().size()));
        BigInteger size = interval.high().subtract(interval.low());
        return switch (random.nextInt(4)) {
            case 0 -> interval.low();
            case 1 -> interval.high();
            default -> interval.low().add(new BigInteger(size.bitLength() + 1, new Random(random.nextLong()))
                    .mod(size.add(BigInteger.ONE)));
        };
    }
}
