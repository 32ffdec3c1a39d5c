package me.wingu.boma.harness.nftables.evaluation;

import me.wingu.boma.harness.nftables.IpPrefix;
import me.wingu.boma.harness.nftables.semantics.Interval;
import me.wingu.boma.harness.nftables.semantics.Values;

/** A set of 128-bit numbers, searched without objects. */
final class WideIntervals {

    private final long[] bounds;
    private final int count;

    WideIntervals(Values values) {
        this.count = values.intervals().size();
        this.bounds = new long[4 * count];
        for (int i = 0; i < count; i++) {
            Interval interval = values.intervals().get(i);
            bounds[4 * i] = interval.low().shiftRight(64).longValue();
            bounds[4 * i + 1] = interval.low().longValue();
            bounds[4 * i + 2] = interval.high().shiftRight(64).longValue();
            bounds[4 * i + 3] = interval.high().longValue();
        }
    }

    static WideIntervals of(IpPrefix prefix) {
        return new WideIntervals(Values.of(prefix));
    }

    boolean contains(long high, long low) {
        int from = 0;
        int to = count - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            if (compare(high, low, bounds[4 * middle], bounds[4 * middle + 1]) < 0) {
                to = middle - 1;
            } else if (compare(high, low, bounds[4 * middle + 2], bounds[4 * middle + 3]) > 0) {
                from = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    private static int compare(long highA, long lowA, long highB, long lowB) {
        int first = Long.compareUnsigned(highA, highB);
        return first != 0 ? first : Long.compareUnsigned(lowA, lowB);
    }
}
