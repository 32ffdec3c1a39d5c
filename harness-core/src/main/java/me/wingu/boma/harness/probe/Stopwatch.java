package me.wingu.boma.harness.probe;

import java.time.Duration;
import java.time.Instant;

/** Times one trial. */
final class Stopwatch {

    private final Instant at = Instant.now();
    private final long began = System.nanoTime();

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    Trial stop(String what, String from, int tries, String seen) {
        return new Trial(what, from, at, tries, elapsed(), seen);
    }
}
