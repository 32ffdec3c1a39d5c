package me.wingu.boma.harness.nftables.semantics;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.nftables.Expression;
import me.wingu.boma.harness.nftables.SetElement;
import me.wingu.boma.harness.nftables.Statement;

/** What a comparison asks. */
final class Matches {

    private final TableContext context;

    Matches(TableContext context) {
        this.context = context;
    }

    /**
     * Returns the condition of a comparison, its hidden dependency included.
     *
     * @throws NotModelled when it cannot be told from the ruleset
     */
    Condition condition(Statement.Match match) {
        Expression right = match.right();
        boolean negated = match.operator().equals("!=");
        if (right instanceof Expression.SetLiteral || right instanceof Expression.SetReference) {
            return lookup(match.left(), context.elements(right), negated);
        } else if (match.left() instanceof Expression.Concat) {
            SetElement only = new SetElement(right, Optional.empty(), false, List.of());
            return lookup(match.left(), List.of(only), negated);
        }
        Reading reading = context.readings.read(match.left());
        return Condition.all(reading.requires(), compared(match, reading));
    }

    /**
     * Returns the condition that an extension header is there, or missing. The model knows the first one of a packet; whether
     * another follows it, and which, is an unknown.
     */
    Condition extension(Statement.Match match, Expression.ExtensionHeader header, Unknowns unknowns) {
        Condition first = condition(match);
        Condition told = HeaderReadings.noneBefore(header);
        Condition later = unknowns.next("the extension headers behind the first: whether " + header.name() + " is among them");
        return Condition.any(List.of(
                Condition.all(told, first), Condition.all(Condition.not(told), requires(header), later)));
    }

    /** Returns what a packet needs for an expression to have a value, as far as that is modelled; each part of a key counts. */
    Condition requires(Expression expression) {
        if (expression instanceof Expression.Concat concat) {
            return Condition.all(concat.parts().stream().map(this::requires).toList());
        }
        try {
            return context.readings.read(expression).requires();
        } catch (NotModelled e) {
            return OptionalHeaders.read(expression);
        }
    }

    private Condition lookup(Expression key, List<SetElement> elements, boolean negated) {
        Condition member = context.lookups.member(key, elements);
        return Condition.all(context.lookups.requires(key), negated ? Condition.not(member) : member);
    }

    private Condition compared(Statement.Match match, Reading reading) {
        Values values = context.readings.values(match.left(), reading, match.right());
        BigInteger ones = Field.ones(reading.bits());
        return switch (match.operator()) {
            case "==" -> reading.in(values);
            case "!=" -> Condition.not(reading.in(values));
            case "<" -> reading.in(below(single(values)));
            case "<=" -> reading.in(Values.between(BigInteger.ZERO, single(values)));
            case ">" -> Condition.not(reading.in(Values.between(BigInteger.ZERO, single(values))));
            case ">=" -> reading.in(Values.between(single(values), ones.max(single(values))));
            case "in" -> bits(reading, values, match.right());
            case "!" -> Condition.not(bits(reading, values, match.right()));
            default -> throw new NotModelled("the operator " + match.operator());
        };
    }

    private static Values below(BigInteger value) {
        return value.signum() == 0 ? Values.none() : Values.between(BigInteger.ZERO, value.subtract(BigInteger.ONE));
    }

    /** {@code in} with a single value or flags is true when one of the bits is set. */
    private static Condition bits(Reading reading, Values values, Expression right) {
        if (right instanceof Expression.Range || right instanceof Expression.Prefix || !reading.type().bits()) {
            return reading.in(values);
        }
        Reading.Slice slice = reading.sliceOr("a bit test");
        Reading.Slice masked = new Reading.Slice(
                slice.field(), slice.low(), slice.bits(), slice.and().and(single(values)), slice.xor());
        return Condition.not(masked.test(Values.of(0)));
    }

    private static BigInteger single(Values values) {
        if (values.intervals().size() != 1 || !values.intervals().get(0).single()) {
            throw new NotModelled("an order comparison with several values");
        }
        return values.intervals().get(0).low();
    }
}
