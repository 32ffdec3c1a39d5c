package me.wingu.boma.harness.state;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Lines of {@code key=value}; the values of a key that comes several times, with blanks between. */
final class Properties {

    private final Map<String, String> values;

    private Properties(Map<String, String> values) {
        this.values = values;
    }

    static Properties of(String lines) {
        Map<String, String> values = new LinkedHashMap<>();
        lines.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.merge(line.substring(0, equals), line.substring(equals + 1), (a, b) -> a + " " + b);
            }
        });
        return new Properties(values);
    }

    /** Returns the value, or the empty string. */
    String get(String key) {
        return values.getOrDefault(key, "");
    }

    Optional<String> find(String key) {
        return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
    }

    /** Returns the number, or 0 when there is none. */
    int number(String key) {
        String value = get(key);
        return value.matches("-?\\d{1,9}") ? Integer.parseInt(value) : 0;
    }

    /** Returns the number, or 0 when there is none. */
    long bigNumber(String key) {
        String value = get(key);
        return value.matches("-?\\d{1,18}") ? Long.parseLong(value) : 0;
    }

    Set<String> words(String key) {
        String value = get(key).strip();
        return value.isEmpty() ? Set.of() : new LinkedHashSet<>(List.of(value.split("\\s+", -1)));
    }

    /** Returns a time since the kernel started, which systemd prints in microseconds, and as 0 for "never". */
    Optional<Duration> sinceBoot(String key) {
        String value = get(key);
        if (!value.matches("\\d{1,18}") || value.equals("0")) {
            return Optional.empty();
        }
        return Optional.of(Duration.of(Long.parseLong(value), ChronoUnit.MICROS));
    }

    /** Returns a moment, which systemd tells in microseconds since 1970, and as 0 or the greatest number for "never". */
    Optional<Instant> sinceEpoch(String key) {
        return sinceBoot(key).map(Instant.EPOCH::plus);
    }

    /** Returns the entries whose key starts with the prefix, the prefix cut off. */
    Map<String, String> under(String prefix) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .collect(Collectors.toMap(entry -> entry.getKey().substring(prefix.length()), Map.Entry::getValue));
    }
}
