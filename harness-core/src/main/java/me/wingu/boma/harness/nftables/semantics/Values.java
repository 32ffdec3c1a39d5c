package me.wingu.boma.harness.nftables.semantics;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import me.wingu.boma.harness.nftables.IpPrefix;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A set of whole numbers as ascending intervals that neither overlap nor touch.
 *
 * @param intervals the intervals
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Values(List<Interval> intervals) {

    private static final Values NONE = new Values(List.of());

    /** Sorts and merges the intervals. */
    public Values {
        intervals = intervals.size() < 2 ? List.copyOf(intervals) : merged(intervals);
    }

    /** Returns the set without members. */
    public static Values none() {
        return NONE;
    }

    /** Returns the set of one number. */
    public static Values of(long value) {
        return new Values(List.of(Interval.of(value)));
    }

    /** Returns the set of one number. */
    public static Values of(BigInteger value) {
        return new Values(List.of(Interval.of(value)));
    }

    /** Returns the numbers of a prefix's addresses. */
    public static Values of(IpPrefix prefix) {
        return new Values(List.of(Interval.of(prefix)));
    }

    /** Returns the numbers from low to high, both included; none when low is above high. */
    public static Values between(BigInteger low, BigInteger high) {
        return low.compareTo(high) > 0 ? NONE : new Values(List.of(new Interval(low, high)));
    }

    private static List<Interval> merged(List<Interval> intervals) {
        List<Interval> sorted = new ArrayList<>(intervals);
        sorted.sort(Comparator.comparing(Interval::low));
        List<Interval> merged = new ArrayList<>(sorted.size());
        Interval last = sorted.get(0);
        for (Interval next : sorted.subList(1, sorted.size())) {
            if (next.low().compareTo(last.high().add(BigInteger.ONE)) <= 0) {
                last = new Interval(last.low(), last.high().max(next.high()));
            } else {
                merged.add(last);
                last = next;
            }
        }
        merged.add(last);
        return List.copyOf(merged);
    }

    /** Returns whether it has no member. */
    public boolean isEmpty() {
        return intervals.isEmpty();
    }

    /** Returns whether the number is a member. */
    public boolean contains(BigInteger value) {
        int low = 0;
        int high = intervals.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Interval interval = intervals.get(middle);
            if (value.compareTo(interval.low()) < 0) {
                high = middle - 1;
            } else if (value.compareTo(interval.high()) > 0) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    /** Returns the members of either. */
    public Values or(Values other) {
        List<Interval> all = new ArrayList<>(intervals);
        all.addAll(other.intervals);
        return new Values(all);
    }

    /** Returns the members of both. */
    public Values and(Values other, int bits) {
        return complement(bits).or(other.complement(bits)).complement(bits);
    }

    /** Returns the numbers of this many bits that are not members. */
    public Values complement(int bits) {
        BigInteger greatest = Field.ones(bits);
        List<Interval> gaps = new ArrayList<>();
        BigInteger from = BigInteger.ZERO;
        for (Interval interval : intervals) {
            if (interval.low().compareTo(greatest) > 0) {
                break;
            }
            if (interval.low().compareTo(from) > 0) {
                gaps.add(new Interval(from, interval.low().subtract(BigInteger.ONE)));
            }
            from = interval.high().add(BigInteger.ONE);
        }
        if (from.compareTo(greatest) <= 0) {
            gaps.add(new Interval(from, greatest));
        }
        return new Values(gaps);
    }
}
