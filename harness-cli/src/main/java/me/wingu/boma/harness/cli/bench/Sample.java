package me.wingu.boma.harness.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Repeated measurements of one thing, in milliseconds. */
final class Sample {

    private final List<Long> values = new ArrayList<>();

    void add(long value) {
        values.add(value);
    }

    /**
     * Returns the middle value; of an even number of values the mean of the middle two.
     *
     * @throws IllegalStateException when nothing was measured
     */
    double median() {
        if (values.isEmpty()) {
            throw new IllegalStateException("nothing was measured");
        }
        List<Long> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
    }

    /** Returns the median with its spread, for people: {@code 15230 (14810 to 16020, n=5)}. */
    @Override
    public String toString() {
        List<Long> sorted = values.stream().sorted().toList();
        return String.format(
                Locale.ROOT, "%.0f (%d to %d, n=%d)", median(), sorted.get(0), sorted.get(sorted.size() - 1),
                sorted.size());
    }
}
