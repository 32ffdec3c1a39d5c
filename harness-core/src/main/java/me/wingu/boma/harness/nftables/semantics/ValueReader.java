package me.wingu.boma.harness.nftables.semantics;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.BinaryOperator;
import me.wingu.boma.harness.nftables.Expression;
import me.wingu.boma.harness.nftables.IpAddress;

/** Reads the constants that a rule compares with: which numbers does this expression stand for? */
final class ValueReader {

    private static final int NAME_LENGTH = 16;

    private ValueReader() {}

    /** Returns the numbers: one for a value, an interval for a prefix, range or wildcard name. */
    static Values values(Expression expression, DataType type, int bits) {
        if (expression instanceof Expression.Any) {
            return Values.between(BigInteger.ZERO, Field.ones(bits));
        } else if (expression instanceof Expression.Prefix prefix) {
            return prefix(number(prefix.address(), type), prefix.length(), bits);
        } else if (expression instanceof Expression.Range range) {
            return Values.between(number(range.low(), type), number(range.high(), type));
        } else if (expression instanceof Expression.Text text && type == DataType.INTERFACE) {
            return name(text.value());
        }
        return Values.of(number(expression, type));
    }

    private static Values prefix(BigInteger address, int length, int bits) {
        BigInteger host = Field.ones(bits - length);
        return Values.between(address.andNot(host), address.or(host));
    }

    /** Returns one number; alternatives in a list are bits of one value. */
    static BigInteger number(Expression expression, DataType type) {
        if (expression instanceof Expression.Numeral numeral) {
            return numeral.value();
        } else if (expression instanceof Expression.Bool bool) {
            return bool.value() ? BigInteger.ONE : BigInteger.ZERO;
        } else if (expression instanceof Expression.Items items) {
            return fold(items.values(), type, BigInteger::or);
        } else if (expression instanceof Expression.Bitwise bitwise) {
            return switch (bitwise.operator()) {
                case "|" -> fold(bitwise.operands(), type, BigInteger::or);
                case "&" -> fold(bitwise.operands(), type, BigInteger::and);
                case "^" -> fold(bitwise.operands(), type, BigInteger::xor);
                default -> throw new NotModelled("shift in a constant");
            };
        } else if (expression instanceof Expression.Text text) {
            return symbol(text.value(), type);
        }
        throw new NotModelled("a value of this kind: " + expression);
    }

    private static BigInteger fold(List<Expression> parts, DataType type, BinaryOperator<BigInteger> operator) {
        return parts.stream()
                .map(part -> number(part, type))
                .reduce(operator)
                .orElseThrow(() -> new NotModelled("an empty value"));
    }

    private static BigInteger symbol(String word, DataType type) {
        return Symbols.find(type, word).map(BigInteger::valueOf).orElseGet(() -> literal(word, type));
    }

    private static BigInteger literal(String word, DataType type) {
        try {
            return switch (type) {
                case IPV4, IPV6 -> IpAddress.parse(word).filter(address -> address.v6() == (type == DataType.IPV6))
                        .map(IpAddress::value)
                        .orElseThrow(() -> new NotModelled("no value known for \"" + word + "\""));
                case ETHER -> new BigInteger(word.replace(":", ""), 16);
                case PRIORITY -> priority(word);
                case INTERFACE -> exactName(word);
                default -> word.toLowerCase(Locale.ROOT).startsWith("0x")
                        ? new BigInteger(word.substring(2), 16)
                        : new BigInteger(word);
            };
        } catch (NumberFormatException e) {
            throw new NotModelled("no value known for \"" + word + "\"");
        }
    }

    /** A traffic class is written as major:minor, both hexadecimal. */
    private static BigInteger priority(String word) {
        int colon = word.indexOf(':');
        if (word.equals("none")) {
            return BigInteger.ZERO;
        } else if (colon < 0) {
            return new BigInteger(word);
        }
        String major = colon == 0 ? "0" : word.substring(0, colon);
        String minor = colon == word.length() - 1 ? "0" : word.substring(colon + 1);
        return new BigInteger(major, 16).shiftLeft(16).or(new BigInteger(minor, 16));
    }

    /** An interface name; a final asterisk stands for any ending, unless a backslash precedes it. */
    static Values name(String pattern) {
        if (pattern.endsWith("\\*")) {
            return Values.of(exactName(pattern.substring(0, pattern.length() - 2) + "*"));
        } else if (!pattern.endsWith("*")) {
            return Values.of(exactName(pattern));
        }
        String start = pattern.substring(0, pattern.length() - 1);
        int free = 8 * (NAME_LENGTH - start.getBytes(StandardCharsets.UTF_8).length);
        BigInteger low = exactName(start);
        return Values.between(low, low.or(Field.ones(free)));
    }

    /** Returns a name as 16 bytes padded with zeros, the first byte highest. */
    static BigInteger exactName(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > NAME_LENGTH) {
            throw new NotModelled("the name \"" + name + "\" is too long for an interface");
        }
        return new BigInteger(1, bytes).shiftLeft(8 * (NAME_LENGTH - bytes.length));
    }
}
