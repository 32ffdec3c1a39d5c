package me.wingu.boma.harness.state;

/** A span of time as systemd writes it, by the rules of {@code format_timespan} in its sources: {@code 1d 2min 32.913425s}. */
final class Timespan {

    private static final long MINUTE = 60_000_000;

    /** Its units, greatest first; a year has 365.25 days and a month is its twelfth part, see systemd.time(7). */
    private enum Scale {
        YEAR("y", 31_557_600_000_000L, 0),
        MONTH("month", 2_629_800_000_000L, 0),
        WEEK("w", 10_080 * MINUTE, 0),
        DAY("d", 1_440 * MINUTE, 0),
        HOUR("h", 60 * MINUTE, 0),
        MINUTES("min", MINUTE, 0),
        SECOND("s", 1_000_000, 6),
        MILLISECOND("ms", 1_000, 3),
        MICROSECOND("us", 1, 0);

        private final String suffix;
        private final long micros;
        private final int decimals;

        Scale(String suffix, long micros, int decimals) {
            this.suffix = suffix;
            this.micros = micros;
            this.decimals = decimals;
        }
    }

    private Timespan() {}

    /**
     * Returns the text.
     *
     * @param micros how long it is, in microseconds; not negative
     */
    static String text(long micros) {
        StringBuilder text = new StringBuilder();
        long rest = micros;
        for (Scale scale : Scale.values()) {
            if (rest < scale.micros) {
                continue;
            }
            long whole = rest / scale.micros;
            long part = rest % scale.micros;
            text.append(text.isEmpty() ? "" : " ").append(whole);
            if (scale.decimals > 0 && part > 0) {
                String digits = Long.toString(part);
                text.append('.').append("0".repeat(scale.decimals - digits.length())).append(digits);
                part = 0;
            }
            text.append(scale.suffix);
            rest = part;
        }
        return text.isEmpty() ? "0" : text.toString();
    }
}
