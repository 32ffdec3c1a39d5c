package me.wingu.boma.harness.rehearsal;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Something to tidy up when this process is told to end (Ctrl-C, SIGTERM) before it could do so by itself. A process
 * that is killed outright tidies nothing: what it leaves, the next start sweeps.
 */
@API(status = Status.INTERNAL, since = "0.1")
public final class Interruption implements AutoCloseable {

    private final Thread hook;

    private Interruption(Thread hook) {
        this.hook = hook;
    }

    /** Has the work done when the process ends, unless this is closed first. */
    public static Interruption tidiedBy(Runnable work) {
        Thread hook = new Thread(work, "boma-it-interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
        return new Interruption(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook does its work.
            System.getLogger(Interruption.class.getName()).log(System.Logger.Level.DEBUG, "ending", e);
        }
    }
}
