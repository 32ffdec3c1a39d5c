package me.wingu.boma.harness.nftables.proof;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Stream;
import me.wingu.boma.harness.nftables.semantics.Interval;

/**
 * Numbers of a field, told apart only as far as anybody asks: all numbers between two bounds share a code.
 *
 * <p>Interface names have 128 bits, and a ruleset tells a handful of them apart; codes of a few bits say as much.
 */
final class Codebook {

    private final BigInteger[] starts;

    private Codebook(BigInteger[] starts) {
        this.starts = starts;
    }

    /**
     * Returns the codes that tell apart the numbers on both sides of each bound.
     *
     * @param bounds the first numbers after a difference, in any order
     * @param greatest the greatest number of the field; bounds beyond it are left out
     */
    static Codebook of(Collection<BigInteger> bounds, BigInteger greatest) {
        return new Codebook(Stream.concat(Stream.of(BigInteger.ZERO), bounds.stream())
                .filter(bound -> bound.compareTo(greatest) <= 0)
                .sorted()
                .distinct()
                .toArray(BigInteger[]::new));
    }

    /** Returns the bits of a code. */
    int width() {
        return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(starts.length - 1));
    }

    /** Returns the code of a number. */
    int code(BigInteger number) {
        int found = Arrays.binarySearch(starts, number);
        return found >= 0 ? found : -found - 2;
    }

    /** Returns the codes of an interval's numbers; codes beyond the last one mean the same as that. */
    Interval codes(Interval interval) {
        BigInteger low = BigInteger.valueOf(code(interval.low()));
        int last = code(interval.high());
        boolean split = !starts[low.intValue()].equals(interval.low())
                || (last + 1 < starts.length && !starts[last + 1].equals(interval.high().add(BigInteger.ONE)));
        if (split) {
            throw new IllegalArgumentException("not told apart by the codes: " + interval);
        }
        BigInteger high = BigInteger.valueOf(last + 1 < starts.length ? last : (1L << width()) - 1);
        return new Interval(low, high);
    }

    /** Returns the numbers that share a code. */
    Interval meaning(int code, BigInteger greatest) {
        int known = Math.min(code, starts.length - 1);
        return new Interval(
                starts[known], known + 1 < starts.length ? starts[known + 1].subtract(BigInteger.ONE) : greatest);
    }
}
