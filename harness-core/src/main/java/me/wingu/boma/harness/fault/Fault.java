package me.wingu.boma.harness.fault;

import java.time.Instant;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** One fault of a guest, from its planting until it is taken back. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Fault implements AutoCloseable {

    private final String name;
    private final Instant since;
    private final Runnable undoing;
    private boolean inForce;

    Fault(String name, boolean inForce, Runnable undoing) {
        this.name = name;
        this.since = Instant.now();
        this.inForce = inForce;
        this.undoing = undoing;
    }

    /** Returns what the timeline calls it, such as {@code no egress}. */
    public String name() {
        return name;
    }

    /** Returns when it had been planted. */
    public Instant since() {
        return since;
    }

    /** Returns whether it has not been taken back yet. */
    public synchronized boolean isInForce() {
        return inForce;
    }

    /** The guest is gone, and its faults with it. */
    synchronized void lapse() {
        inForce = false;
    }

    /**
     * Takes the fault back; does nothing when it is over.
     *
     * @throws me.wingu.boma.harness.HarnessException when that fails; the fault stays in force then
     */
    @Override
    public synchronized void close() {
        if (inForce) {
            undoing.run();
            inForce = false;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
