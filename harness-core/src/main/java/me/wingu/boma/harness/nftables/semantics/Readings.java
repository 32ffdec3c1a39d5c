package me.wingu.boma.harness.nftables.semantics;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.wingu.boma.harness.nftables.Expression;
import me.wingu.boma.harness.nftables.Family;
import me.wingu.boma.harness.nftables.HostNetwork;

/** Turns the left side of a comparison, or a key, into a reading of fields. */
final class Readings {

    private final HeaderReadings headers;
    private final MetaReadings meta;
    private final FibReadings fib;
    private final Map<Expression.Payload, Reading> named = new HashMap<>();

    Readings(Family family, HostNetwork network, boolean zones) {
        this.headers = new HeaderReadings(family);
        this.meta = new MetaReadings(family, network, headers, zones);
        this.fib = new FibReadings(family, network);
    }

    /**
     * Returns the reading.
     *
     * @throws NotModelled when no field holds it
     */
    Reading read(Expression expression) {
        if (expression instanceof Expression.Payload payload) {
            return named.computeIfAbsent(payload, headers::named);
        } else if (expression instanceof Expression.RawPayload raw) {
            return headers.raw(raw);
        } else if (expression instanceof Expression.Meta key) {
            return meta.meta(key.key());
        } else if (expression instanceof Expression.Ct ct) {
            return meta.ct(ct);
        } else if (expression instanceof Expression.Fib lookup) {
            return fib.read(lookup);
        } else if (expression instanceof Expression.ExtensionHeader header) {
            return headers.extension(header);
        } else if (expression instanceof Expression.Bitwise bitwise) {
            return bitwise(bitwise);
        }
        throw new NotModelled(reason(expression));
    }

    private static String reason(Expression expression) {
        if (expression instanceof Expression.HeaderOption option) {
            return option.protocol() + " option " + option.name();
        } else if (expression instanceof Expression.NumberGenerator numgen) {
            return "numgen " + numgen.mode();
        } else if (expression instanceof Expression.Hash hash) {
            return hash.algorithm();
        } else if (expression instanceof Expression.Socket socket) {
            return "socket " + socket.key();
        } else if (expression instanceof Expression.Routing routing) {
            return "rt " + routing.key();
        } else if (expression instanceof Expression.Environment environment) {
            return environment.kind();
        }
        return "the expression " + expression;
    }

    /** The first operand is the reading, the others are constants. */
    private Reading bitwise(Expression.Bitwise bitwise) {
        Reading inner = read(bitwise.operands().get(0));
        Reading.Slice slice = inner.sliceOr("bit operations on " + inner.type());
        for (Expression operand : bitwise.operands().subList(1, bitwise.operands().size())) {
            slice = apply(bitwise.operator(), slice, ValueReader.number(operand, inner.type()));
        }
        return new Reading(
                inner.type(), slice.bits(), inner.requires(), slice::test, Optional.of(slice));
    }

    private static Reading.Slice apply(String operator, Reading.Slice slice, BigInteger number) {
        BigInteger ones = Field.ones(slice.bits());
        BigInteger and = slice.and();
        BigInteger xor = slice.xor();
        switch (operator) {
            case "&" -> {
                and = and.and(number);
                xor = xor.and(number);
            }
            case "^" -> xor = xor.xor(number).and(ones);
            case "|" -> {
                and = and.andNot(number);
                xor = xor.or(number).and(ones);
            }
            case ">>" -> {
                return shiftedRight(slice, number.intValueExact());
            }
            default -> throw new NotModelled("the operator " + operator + " on a reading");
        }
        return new Reading.Slice(slice.field(), slice.low(), slice.bits(), and, xor);
    }

    private static Reading.Slice shiftedRight(Reading.Slice slice, int by) {
        if (by >= slice.bits()) {
            throw new NotModelled("a shift by the whole width");
        }
        return new Reading.Slice(
                slice.field(), slice.low() + by, slice.bits() - by, slice.and().shiftRight(by), slice.xor().shiftRight(by));
    }

    /** Returns the values that the right side stands for, in the coding of the reading. */
    Values values(Expression left, Reading reading, Expression right) {
        Expression value = indexed(left) ? meta.named(right) : right;
        return ValueReader.values(value, reading.type(), reading.bits());
    }

    private static boolean indexed(Expression left) {
        return left instanceof Expression.Meta key && List.of("iif", "oif").contains(key.key());
    }
}
