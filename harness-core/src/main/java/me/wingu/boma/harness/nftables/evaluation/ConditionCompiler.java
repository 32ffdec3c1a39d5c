package me.wingu.boma.harness.nftables.evaluation;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Interval;

/** Makes conditions ready to run: plain comparisons of machine words. */
final class ConditionCompiler {

    private final Condition.Unknown poison;

    /** @param poison what to ask when a rule reads a field whose value has become unpredictable */
    ConditionCompiler(Condition.Unknown poison) {
        this.poison = poison;
    }

    Code compile(Condition condition) {
        if (condition instanceof Condition.Test test) {
            return test.field().bits() > 64 ? wide(test) : narrow(test);
        } else if (condition instanceof Condition.Not not) {
            Code part = compile(not.part());
            return packet -> !part.holds(packet);
        } else if (condition instanceof Condition.And and) {
            return all(and.parts().stream().map(this::compile).toArray(Code[]::new));
        } else if (condition instanceof Condition.Or or) {
            return any(or.parts().stream().map(this::compile).toArray(Code[]::new));
        } else if (condition instanceof Condition.Unknown unknown) {
            return packet -> packet.unknown(unknown);
        }
        throw new IllegalStateException("no code for " + condition);
    }

    private static Code all(Code[] parts) {
        return packet -> {
            for (Code part : parts) {
                if (!part.holds(packet)) {
                    return false;
                }
            }
            return true;
        };
    }

    private static Code any(Code[] parts) {
        return packet -> {
            for (Code part : parts) {
                if (part.holds(packet)) {
                    return true;
                }
            }
            return false;
        };
    }

    private Code narrow(Condition.Test test) {
        int field = test.field().index();
        long mask = test.mask().longValue();
        List<Interval> intervals = test.values().intervals();
        long[] lows = words(intervals.stream().map(Interval::low).toList(), 0);
        long[] highs = words(intervals.stream().map(Interval::high).toList(), 0);
        if (lows.length == 1 && lows[0] == highs[0]) {
            long value = lows[0];
            return packet -> packet.poisoned(field)
                    ? packet.choices.decide(test, poison)
                    : (packet.low[field] & mask) == value;
        } else if (lows.length == 1) {
            long from = lows[0];
            long to = highs[0];
            return packet -> {
                long value = packet.low[field] & mask;
                return packet.poisoned(field)
                        ? packet.choices.decide(test, poison)
                        : value >= from && value <= to;
            };
        }
        return packet -> {
            long value = packet.low[field] & mask;
            int place = Arrays.binarySearch(lows, value);
            return packet.poisoned(field)
                    ? packet.choices.decide(test, poison)
                    : place >= 0 || (place < -1 && value <= highs[-place - 2]);
        };
    }

    private Code wide(Condition.Test test) {
        int field = test.field().index();
        long maskLow = test.mask().longValue();
        long maskHigh = test.mask().shiftRight(64).longValue();
        WideIntervals values = new WideIntervals(test.values());
        return packet -> packet.poisoned(field)
                ? packet.choices.decide(test, poison)
                : values.contains(packet.high[field] & maskHigh, packet.low[field] & maskLow);
    }

    private static long[] words(List<BigInteger> numbers, int shift) {
        return numbers.stream().mapToLong(number -> number.shiftRight(shift).longValue()).toArray();
    }
}
