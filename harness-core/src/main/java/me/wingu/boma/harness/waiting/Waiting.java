package me.wingu.boma.harness.waiting;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One wait: for a condition, until a deadline, and raced against the reasons why it can never come true.
 *
 * <p>All polling happens in the calling thread; an exception of the condition ends the wait.
 *
 * @param what what is waited for, for the failure's text: "the guest's SSH"
 * @param deadline the longest time to wait
 * @param interval the time between two looks
 * @param doom says why the condition can never come true any more; empty as long as it can
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Waiting(String what, Duration deadline, Duration interval, Supplier<Optional<String>> doom) {

    private static final Duration INTERVAL = Duration.ofMillis(100);

    /**
     * Waits for something that nothing but time can prevent.
     *
     * @param what what is waited for
     * @param deadline the longest time to wait
     */
    public static Waiting upTo(String what, Duration deadline) {
        return new Waiting(what, deadline, INTERVAL, Optional::empty);
    }

    /**
     * Returns the same wait, given up as soon as a reason appears why it is in vain.
     *
     * @param reason the reason, as soon as there is one
     */
    public Waiting unless(Supplier<Optional<String>> reason) {
        return new Waiting(what, deadline, interval, reason);
    }

    /**
     * Waits until a look yields something.
     *
     * @param look one look; it should take well less than the deadline
     * @return what the look found
     * @throws InVain when the deadline passed, or the reason to give up appeared
     */
    public <T> T until(Supplier<Optional<T>> look) {
        AtomicReference<Optional<T>> found = new AtomicReference<>(Optional.empty());
        try {
            Awaitility.await(what)
                    .dontCatchUncaughtExceptions()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(interval)
                    .atMost(deadline)
                    .until(() -> {
                        found.set(look.get());
                        if (found.get().isPresent()) {
                            return true;
                        }
                        doom.get().ifPresent(reason -> {
                            throw new InVain(what, reason, false);
                        });
                        return false;
                    });
        } catch (ConditionTimeoutException e) {
            throw new InVain(what, "not within " + deadline.toSeconds() + " s", true);
        }
        return found.get().orElseThrow();
    }

    /** A wait that ended without what was waited for. */
    public static final class InVain extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String reason;
        private final boolean timedOut;

        InVain(String what, String reason, boolean timedOut) {
            super("waited in vain for " + what + ": " + reason);
            this.reason = reason;
            this.timedOut = timedOut;
        }

        /** Returns why: the reason that appeared, or the deadline that passed. */
        public String reason() {
            return reason;
        }

        /** Returns whether it was the deadline. */
        public boolean timedOut() {
            return timedOut;
        }
    }
}
