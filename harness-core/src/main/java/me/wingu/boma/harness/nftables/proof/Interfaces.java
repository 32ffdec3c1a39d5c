package me.wingu.boma.harness.nftables.proof;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.Values;

/** Interface names as the numbers that {@link Field#IIF_NAME} and {@link Field#OIF_NAME} hold. */
final class Interfaces {

    private static final int BYTES = 16;

    private Interfaces() {}

    /** Returns the number of a name: its bytes, the first one highest. */
    static BigInteger number(String name) {
        return new BigInteger(1, Arrays.copyOf(name.getBytes(StandardCharsets.UTF_8), BYTES));
    }

    /** Returns the name that a number stands for, up to its first zero byte. */
    static String name(BigInteger number) {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = number.shiftRight(8 * (BYTES - 1 - i)).byteValue();
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Returns the condition that the packet came in through one of these interfaces; without names, always. */
    static Condition in(Collection<String> names) {
        return named(Field.IIF_NAME, names);
    }

    /** Returns the condition that one side's interface has one of these names; without names, always. */
    static Condition named(Field side, Collection<String> names) {
        return names.isEmpty()
                ? Condition.always()
                : Condition.test(
                        side,
                        names.stream()
                                .map(name -> Values.of(number(name)))
                                .reduce(Values.none(), Values::or));
    }
}
