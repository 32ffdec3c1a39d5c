package me.wingu.boma.harness.cli.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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

    /** Returns whether nothing was measured. */
    boolean isEmpty() {
        return values.isEmpty();
    }

    /** Returns the median with its spread, for machines; empty when nothing was measured. */
    Optional<Map<String, Object>> spread() {
        if (isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> spread = new LinkedHashMap<>();
        spread.put("median", Math.round(median()));
        spread.put("min", Collections.min(values));
        spread.put("max", Collections.max(values));
        spread.put("n", values.size());
        return Optional.of(spread);
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
