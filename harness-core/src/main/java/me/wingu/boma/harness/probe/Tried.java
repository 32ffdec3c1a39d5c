package me.wingu.boma.harness.probe;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * What came of something that was tried until it answered or the patience was over.
 *
 * @param value what was obtained; empty when an obstacle was met
 * @param state {@link PortState#OPEN} when something was obtained, else what the obstacle says
 * @param trial how it was found out
 */
record Tried<T>(Optional<T> value, PortState state, Trial trial) {

    /** One attempt; its exception says what was met instead. */
    @FunctionalInterface
    interface Attempt<T> {

        T make() throws IOException;
    }

    /**
     * Tries until something is obtained, an obstacle is met that will not pass, or the patience is over.
     *
     * @param what what a person is told was tried
     * @param seen words the result for a person
     */
    static <T> Tried<T> to(
            String what, Source source, Patience patience, Attempt<T> attempt, Function<T, String> seen) {
        Instant at = Instant.now();
        long began = System.nanoTime();
        int tries = 0;
        while (true) {
            tries++;
            try {
                T value = attempt.make();
                Trial trial = trial(what, source, at, tries, began, seen.apply(value));
                return new Tried<>(Optional.of(value), PortState.OPEN, trial);
            } catch (IOException failed) {
                if (Obstacle.isOwnAddressMissing(failed)) {
                    throw source.absent(failed);
                }
                Obstacle met = Obstacle.of(failed);
                if (!met.passing() || tries == patience.tries()) {
                    Trial trial = trial(what, source, at, tries, began, met.seen());
                    return new Tried<>(Optional.empty(), met.state(), trial);
                }
            }
        }
    }

    private static Trial trial(String what, Source source, Instant at, int tries, long began, String seen) {
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        return new Trial(what, source.vantage(), Optional.of(source.address()), at, tries, took, seen);
    }
}
