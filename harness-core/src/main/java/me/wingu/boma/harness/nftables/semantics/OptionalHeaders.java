package me.wingu.boma.harness.nftables.semantics;

import java.math.BigInteger;
import me.wingu.boma.harness.nftables.Expression;

/**
 * Parts of a packet that most packets do not have: extension headers and options. Their contents are not modelled, but a
 * rule that reads them cannot match a packet that has none.
 */
final class OptionalHeaders {

    private static final int NONE = 255;

    private OptionalHeaders() {}

    /** Returns what a packet needs for the expression to have a value at all. */
    static Condition read(Expression expression) {
        if (expression instanceof Expression.ExtensionHeader header && header.field().isPresent()) {
            return Condition.all(
                    Condition.is(Field.NFPROTO, 10), Condition.not(Condition.is(Field.IP6_FIRST_EXTENSION, NONE)));
        } else if (expression instanceof Expression.HeaderOption option && option.field().isPresent()) {
            return switch (option.protocol()) {
                case "tcp" -> Condition.all(Condition.is(Field.L4PROTO, 6), longer(Field.TCP_OFFSET, 0xf0, 0x50));
                case "ip" -> Condition.all(Condition.is(Field.NFPROTO, 2), longer(Field.IP_VERSION_IHL, 0x0f, 5));
                case "sctp" -> Condition.is(Field.L4PROTO, 132);
                case "dccp" -> Condition.is(Field.L4PROTO, 33);
                default -> Condition.always();
            };
        }
        return Condition.always();
    }

    private static Condition longer(Field length, int mask, int shortest) {
        return Condition.not(Condition.test(length, BigInteger.valueOf(mask), Values.of(shortest)));
    }
}
