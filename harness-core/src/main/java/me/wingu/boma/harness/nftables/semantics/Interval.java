package me.wingu.boma.harness.nftables.semantics;

import java.math.BigInteger;
import me.wingu.boma.harness.nftables.IpPrefix;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The whole numbers from low to high, both included; never empty, never negative.
 *
 * @param low the least
 * @param high the greatest
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Interval(BigInteger low, BigInteger high) {

    /** Checks the order. */
    public Interval {
        if (low.signum() < 0 || low.compareTo(high) > 0) {
            throw new IllegalArgumentException("no interval: " + low + " to " + high);
        }
    }

    /** Returns the interval of one number. */
    public static Interval of(BigInteger value) {
        return new Interval(value, value);
    }

    /** Returns the interval of one number. */
    public static Interval of(long value) {
        return of(BigInteger.valueOf(value));
    }

    /** Returns the interval of the numbers of a prefix's addresses. */
    public static Interval of(IpPrefix prefix) {
        return new Interval(prefix.first().value(), prefix.last().value());
    }

    /** Returns whether it has exactly one number. */
    public boolean single() {
        return low.equals(high);
    }
}
