package me.wingu.boma.harness.assertions;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import me.wingu.boma.harness.HarnessException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Repeats an assertion, and with it whatever it reads, until it passes or a deadline is over. */
final class Eventually {

    private static final Duration BETWEEN = Duration.ofMillis(250);

    private Eventually() {}

    static void passes(Duration within, ThrowingCallable assertion) {
        AtomicInteger tries = new AtomicInteger();
        try {
            Awaitility.await()
                    .dontCatchUncaughtExceptions()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(BETWEEN)
                    .atMost(within)
                    .untilAsserted(() -> {
                        tries.incrementAndGet();
                        repeatably(assertion);
                    });
        } catch (ConditionTimeoutException over) {
            Throwable last = over.getCause() == null ? over : over.getCause();
            String seconds = within.toMillis() % 1_000 == 0 ? within.toSeconds() + " s" : within.toMillis() + " ms";
            throw new AssertionError(
                    "Not within " + seconds + " (tried " + tries + (tries.get() == 1 ? " time" : " times")
                            + "); at last:\n" + last.getMessage(),
                    last);
        }
    }

    /** What a step needs and is not there yet, an engine that starts or an interface without an address, may come, too. */
    private static void repeatably(ThrowingCallable assertion) throws Throwable {
        try {
            assertion.call();
        } catch (HarnessException e) {
            if (e.kind() == HarnessException.Kind.STEP) {
                throw new AssertionError(e.getMessage(), e);
            }
            throw e;
        }
    }
}
