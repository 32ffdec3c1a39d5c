package me.wingu.boma.harness.nftables.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** Checks every condition on every number of five bits, and on numbers that do not fit. */
class BitFieldTest {

    private static final int WIDTH = 5;
    private static final int BEYOND = (1 << WIDTH) + 3;

    private final Bdd bdd = new Bdd(ProofLimits.STANDARD);
    private final BitField field = new BitField(bdd, 2, WIDTH);

    @Test
    void should_hold_for_the_equal_number_only() {
        for (int n = -1; n < BEYOND; n++) {
            int wanted = n;
            holdsWhen(field.equal(BigInteger.valueOf(n)), number -> number == wanted);
        }
    }

    @Test
    void should_compare_the_masked_bits_only() {
        for (int mask = 0; mask < 1 << WIDTH; mask++) {
            for (int n = 0; n < 1 << WIDTH; n++) {
                int bits = mask;
                int wanted = n;
                holdsWhen(
                        field.masked(BigInteger.valueOf(mask), BigInteger.valueOf(n)),
                        number -> (number & bits) == wanted);
            }
        }
    }

    @Test
    void should_hold_between_the_bounds_both_included() {
        for (int mask : new int[] {0, 0b00001, 0b10101, 0b11100, 0b01110, 0b11111}) {
            for (int low = -2; low < BEYOND; low++) {
                for (int high = -2; high < BEYOND; high++) {
                    int bits = mask;
                    int from = low;
                    int to = high;
                    holdsWhen(
                            field.between(BigInteger.valueOf(mask), BigInteger.valueOf(low), BigInteger.valueOf(high)),
                            number -> (number & bits) >= from && (number & bits) <= to);
                }
            }
        }
    }

    private void holdsWhen(int condition, IntPredicate expected) {
        for (int number = 0; number < 1 << WIDTH; number++) {
            int at = condition;
            while (at > NodeTable.TRUE) {
                at = bdd.child(at, (number >> (2 + WIDTH - 1 - bdd.top(at)) & 1) != 0);
            }
            assertThat(at == NodeTable.TRUE).as("number %d", number).isEqualTo(expected.test(number));
        }
    }
}
