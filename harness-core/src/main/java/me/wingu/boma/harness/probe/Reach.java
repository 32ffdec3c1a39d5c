package me.wingu.boma.harness.probe;

import java.net.InetAddress;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What one vantage found at one service of a host.
 *
 * @param host the address that was probed
 * @param service the service that was probed
 * @param state what was found
 * @param trial how it was found out
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Reach(InetAddress host, Service service, PortState state, Trial trial) {

    /** Returns what was probed, for a person: {@code 22/tcp of 198.51.100.20}. */
    public String target() {
        return service + " of " + Targets.text(host);
    }

    /**
     * Returns whether silence was met where silence tells nothing: at a UDP service that may be open and answers no stranger. One
     * whose protocol the probe speaks would have answered.
     */
    public boolean tellsNothing() {
        return state == PortState.OPEN_OR_FILTERED && !Payloads.areKnownFor(service);
    }

    /** Returns one line: {@code 80/tcp of 198.51.100.20 from stranger (198.51.100.7): filtered (no answer, 2 ms)}. */
    @Override
    public String toString() {
        return target() + " from " + trial.from() + ": " + state + " (" + trial.seen() + ", "
                + trial.took().toMillis() + " ms)";
    }
}
