package me.wingu.boma.harness.probe;

import java.time.Duration;
import me.wingu.boma.harness.HarnessException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * How often a {@link BootWatch} probes, and for how long at most.
 *
 * @param silent the pause before a port is probed again that was not open; also how long one such probe may take
 * @param open the pause before a port is probed again that was open
 * @param limit when the watch ends by itself
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Pace(Duration silent, Duration open, Duration limit) {

    /**
     * A fifth of a second, so that the first answer is known to half a second; ten seconds while open, because each look
     * costs a host that boots a process, and OpenSSH a second of penalty (since 9.8, for each connection that does not
     * log in); at most a quarter of an hour.
     */
    public static final Pace DEFAULT = new Pace(Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofMinutes(15));

    /**
     * Creates a pace.
     *
     * @throws HarnessException when a duration is shorter than a millisecond: the guest is not to be flooded
     */
    public Pace {
        if (silent.toMillis() < 1 || open.toMillis() < 1 || limit.toMillis() < 1) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE,
                    "A boot cannot be watched at the pace " + silent + ", " + open + ", " + limit + ".",
                    "",
                    "give durations of at least a millisecond");
        }
    }

    Patience patience() {
        return new Patience(silent, 1);
    }

    Duration after(PortState state) {
        return state == PortState.OPEN ? open : silent;
    }
}
