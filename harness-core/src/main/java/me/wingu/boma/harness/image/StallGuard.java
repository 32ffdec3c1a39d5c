package me.wingu.boma.harness.image;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads from a server that may fall silent: Java's HTTP client knows a deadline for the head of an answer, and none for
 * its body.
 */
final class StallGuard implements AutoCloseable {

    private final InputStream body;
    private final Duration patience;
    private final AtomicBoolean stalled = new AtomicBoolean();
    private final ScheduledExecutorService alarm = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "download-stall-guard");
        thread.setDaemon(true);
        return thread;
    });

    StallGuard(InputStream body, Duration patience) {
        this.body = body;
        this.patience = patience;
    }

    /**
     * Reads like {@link InputStream#read(byte[])}.
     *
     * @throws IOException also when nothing comes for longer than our patience
     */
    int read(byte[] chunk) throws IOException {
        Future<?> rescue = alarm.schedule(this::giveUp, patience.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return body.read(chunk);
        } catch (IOException e) {
            throw stalled.get() ? new IOException("the server sent nothing for " + patience.toSeconds() + " s", e) : e;
        } finally {
            rescue.cancel(false);
        }
    }

    /** Closing the body is what wakes its reader. */
    private void giveUp() {
        stalled.set(true);
        try {
            body.close();
        } catch (IOException e) {
            // The reader is told by its own exception.
        }
    }

    @Override
    public void close() {
        alarm.shutdownNow();
    }
}
