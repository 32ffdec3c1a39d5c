package me.wingu.boma.harness.nftables.semantics;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import me.wingu.boma.harness.nftables.Expression;
import me.wingu.boma.harness.nftables.Statement;
import me.wingu.boma.harness.nftables.Table;

/** What {@code key set value} writes. */
final class Mangles {

    /** Readings of these keys are unknowns already, so that writing them changes nothing that is modelled. */
    private static final Set<String> UNSEEN_META = Set.of("nftrace", "secmark");
    private static final Set<String> UNSEEN_CT = Set.of("helper", "label", "event", "secmark");

    /**
     * A packet without a connection gets a template, which counts as new and which notrack leaves alone; others stay as they
     * are (nft_ct_set_zone_eval, nft_notrack_eval).
     */
    private static final Step ATTACH_TEMPLATE = new Step.Assign(Field.CT_STATE, new Value.Selected(List.of(
            becomes(Values.of(2), 2),
            becomes(Values.of(4), 4),
            becomes(Values.of(1).or(Values.of(8)).or(Values.of(64)), 8))));

    private final TableContext context;

    Mangles(TableContext context) {
        this.context = context;
    }

    private static Value.Case becomes(Values states, long state) {
        return new Value.Case(
                Condition.test(Field.CT_STATE, states), new Value.Constant(BigInteger.valueOf(state)));
    }

    /** Returns whether a rule of the table sets the zone of connections. */
    static boolean setZones(Table table) {
        return table.chains().stream()
                .flatMap(chain -> chain.rules().stream())
                .flatMap(rule -> rule.statements().stream())
                .anyMatch(statement -> statement instanceof Statement.Mangle mangle && setsZone(mangle));
    }

    private static boolean setsZone(Statement.Mangle mangle) {
        return mangle.key() instanceof Expression.Ct ct && ct.key().equals("zone");
    }

    /**
     * Returns the steps of a change.
     *
     * @throws NotModelled when the target cannot be told
     */
    List<Step> steps(Statement.Mangle mangle, Unknowns unknowns) {
        Expression key = mangle.key();
        if (setsZone(mangle)) {
            return unread(mangle, unknowns, ATTACH_TEMPLATE);
        } else if (key instanceof Expression.Ct && context.zones()) {
            return unread(mangle, unknowns);
        }
        if ((key instanceof Expression.Meta meta && UNSEEN_META.contains(meta.key()))
                || (key instanceof Expression.Ct ct && UNSEEN_CT.contains(ct.key()))) {
            return List.of();
        } else if (key instanceof Expression.HeaderOption option && option.protocol().equals("tcp")) {
            return List.of(new Step.Guard(Condition.all(
                    Condition.is(Field.L4PROTO, 6), Condition.is(Field.LATER_FRAGMENT, 0))));
        }
        Reading target = context.readings.read(key);
        Reading.Slice slice = target.sliceOr("a change of several fields");
        List<Step> steps = new ArrayList<>();
        if (!(key instanceof Expression.Ct)) { // without a connection, nft_ct_set_eval writes nothing and the rule goes on
            steps.add(new Step.Guard(target.requires()));
        }
        Value value = value(mangle.value(), target, steps, unknowns);
        steps.add(new Step.Assign(slice.field(), placed(slice, value, unknowns)));
        return steps;
    }

    /** What is written goes unread; but a value that is not given may be missing, and the rule then ends. */
    private static List<Step> unread(Statement.Mangle mangle, Unknowns unknowns, Step... after) {
        List<Step> steps = new ArrayList<>();
        if (!(mangle.value() instanceof Expression.Numeral)) {
            steps.add(new Step.Guard(unknowns.next("whether there is a value for ct " + ((Expression.Ct) mangle.key()).key())));
        }
        steps.addAll(List.of(after));
        return steps;
    }

    private static Value placed(Reading.Slice slice, Value value, Unknowns unknowns) {
        if (slice.bits() == slice.field().bits()) {
            return value;
        } else if (value instanceof Value.Constant constant) {
            BigInteger run = Field.ones(slice.bits()).shiftLeft(slice.low());
            return new Value.Computed(
                    slice.field(), 0, slice.field().ones().andNot(run), constant.number().shiftLeft(slice.low()));
        }
        return new Value.Unpredictable(unknowns.next("a computed value in a part of a field"));
    }

    private Value value(Expression expression, Reading target, List<Step> steps, Unknowns unknowns) {
        try {
            if (expression instanceof Expression.MapLookup lookup) {
                return selected(lookup, target, steps);
            }
            return simple(expression, target, steps);
        } catch (NotModelled e) {
            steps.add(new Step.Guard(unknowns.next("whether there is a value: " + e.reason())));
            return new Value.Unpredictable(unknowns.next(e.reason()));
        }
    }

    private Value simple(Expression expression, Reading target, List<Step> steps) {
        try {
            return new Value.Constant(ValueReader.number(expression, target.type()).and(Field.ones(target.bits())));
        } catch (NotModelled constantOnly) {
            return computed(expression, target, steps);
        }
    }

    /** A reading, or a reading and constants; the bits that leave the target's width are lost. */
    private Value.Computed computed(Expression expression, Reading target, List<Step> steps) {
        if (!(expression instanceof Expression.Bitwise bitwise)) {
            Reading source = context.readings.read(expression);
            Reading.Slice slice = source.sliceOr("a value of several fields");
            steps.add(new Step.Guard(source.requires()));
            return new Value.Computed(slice.field(), -slice.low(), slice.and(), slice.xor());
        }
        Value.Computed value = computed(bitwise.operands().get(0), target, steps);
        BigInteger width = Field.ones(target.bits());
        for (Expression operand : bitwise.operands().subList(1, bitwise.operands().size())) {
            value = applied(bitwise.operator(), value, ValueReader.number(operand, target.type()), width);
        }
        return value;
    }

    private static Value.Computed applied(String operator, Value.Computed value, BigInteger number, BigInteger width) {
        BigInteger and = value.and();
        BigInteger xor = value.xor();
        return switch (operator) {
            case "&" -> new Value.Computed(value.source(), value.shift(), and.and(number), xor.and(number));
            case "|" -> new Value.Computed(value.source(), value.shift(), and.andNot(number), xor.or(number));
            case "^" -> new Value.Computed(value.source(), value.shift(), and, xor.xor(number));
            case "<<", ">>" -> {
                int by = operator.equals("<<") ? number.intValueExact() : -number.intValueExact();
                yield new Value.Computed(
                        value.source(), value.shift() + by, and.shiftLeft(by).and(width), xor.shiftLeft(by).and(width));
            }
            default -> throw new NotModelled("the operator " + operator + " on a reading");
        };
    }

    private Value selected(Expression.MapLookup lookup, Reading target, List<Step> steps) {
        Map<Expression, Condition> cases =
                context.lookups.cases(lookup.key(), context.elements(lookup.data()));
        steps.add(new Step.Guard(Condition.all(
                context.lookups.requires(lookup.key()), Condition.any(List.copyOf(cases.values())))));
        List<Value.Case> values = new ArrayList<>();
        cases.forEach((data, when) ->
                values.add(new Value.Case(when, new Value.Constant(ValueReader.number(data, target.type())))));
        return new Value.Selected(values);
    }
}
