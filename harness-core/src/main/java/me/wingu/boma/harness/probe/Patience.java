package me.wingu.boma.harness.probe;

import java.time.Duration;
import me.wingu.boma.harness.HarnessException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * How long and how often a probe tries before silence counts as an answer.
 *
 * @param each how long one try may take; at least one millisecond
 * @param tries how many tries; at least one. Only silence is tried again: what answered is not asked twice
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Patience(Duration each, int tries) {

    /**
     * Two tries of 3.5 seconds. Linux repeats a SYN after one and three seconds, so that six packets must be lost
     * before an open TCP port is called filtered; UDP probes repeat their datagram as often.
     */
    public static final Patience DEFAULT = new Patience(Duration.ofMillis(3_500), 2);

    /**
     * Creates a patience.
     *
     * @throws HarnessException when the time is shorter than a millisecond or there is no try
     */
    public Patience {
        if (each.toMillis() < 1 || tries < 1) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE,
                    "A probe needs time and a try, not " + each + " and " + tries + ".",
                    "",
                    "give at least 1 ms and one try");
        }
    }

    /** Returns the longest time that silence takes: all tries together. */
    public Duration total() {
        return each.multipliedBy(tries);
    }

    /** Returns a patience whose tries take as many times longer, for a slow guest. */
    public Patience times(int factor) {
        return new Patience(each.multipliedBy(factor), tries);
    }

    int eachMillis() {
        return Math.toIntExact(each.toMillis());
    }
}
