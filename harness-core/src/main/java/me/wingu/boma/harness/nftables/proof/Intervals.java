package me.wingu.boma.harness.nftables.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import me.wingu.boma.harness.nftables.semantics.Interval;

/** Lists the numbers of one field that make a condition true. */
final class Intervals {

    private final Bdd bdd;
    private final BitField field;
    private final int most;
    private final List<Interval> found = new ArrayList<>();

    private Intervals(Bdd bdd, BitField field, int most) {
        this.bdd = bdd;
        this.field = field;
        this.most = most;
    }

    /**
     * Returns the numbers as ascending intervals that do not touch.
     *
     * @param condition a condition on this field alone
     * @param most how many intervals to list before stopping; the last one is then incomplete
     */
    static List<Interval> of(Bdd bdd, BitField field, int condition, int most) {
        Intervals intervals = new Intervals(bdd, field, most);
        intervals.collect(condition, field.width() - 1, BigInteger.ZERO);
        return List.copyOf(intervals.found);
    }

    private void collect(int condition, int bit, BigInteger prefix) {
        if (condition == NodeTable.FALSE || found.size() > most) {
            return;
        } else if (condition == NodeTable.TRUE) {
            BigInteger rest = BigInteger.ONE.shiftLeft(bit + 1).subtract(BigInteger.ONE);
            add(prefix, prefix.or(rest));
            return;
        }
        boolean asks = bdd.top(condition) == field.variable(bit);
        collect(asks ? bdd.child(condition, false) : condition, bit - 1, prefix);
        collect(asks ? bdd.child(condition, true) : condition, bit - 1, prefix.setBit(bit));
    }

    private void add(BigInteger low, BigInteger high) {
        int last = found.size() - 1;
        if (last >= 0 && found.get(last).high().add(BigInteger.ONE).equals(low)) {
            found.set(last, new Interval(found.get(last).low(), high));
        } else {
            found.add(new Interval(low, high));
        }
    }
}
