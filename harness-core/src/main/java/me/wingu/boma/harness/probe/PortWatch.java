package me.wingu.boma.harness.probe;

import java.net.InetAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Probes one service again and again, and remembers what it saw. */
final class PortWatch implements Runnable {

    private final Vantage vantage;
    private final InetAddress host;
    private final Service service;
    private final Pace pace;
    private final Instant end;
    private final CountDownLatch stopped;
    private final List<Sighting> sightings = new ArrayList<>();
    private @Nullable RuntimeException failure;

    PortWatch(Vantage vantage, InetAddress host, Service service, Pace pace, CountDownLatch stopped) {
        this.vantage = vantage;
        this.host = host;
        this.service = service;
        this.pace = pace;
        this.end = Instant.now().plus(pace.limit());
        this.stopped = stopped;
    }

    @Override
    public void run() {
        try {
            Sighting last;
            do {
                Reach reach = vantage.reach(host, service, pace.patience());
                last = Sighting.of(reach.trial(), reach.state());
                add(last);
            } while (last.at().isBefore(end)
                    && !stopped.await(pace.after(last.state()).toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            fail(failed);
        }
    }

    /** Waits until the service was seen open by a probe sent at or after a moment; returns false at the deadline. */
    synchronized boolean awaitOpen(Instant since, Instant deadline) throws InterruptedException {
        while (failure == null && history().firstOpen(since).isEmpty()) {
            long millis = Instant.now().until(deadline, ChronoUnit.MILLIS);
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return failure == null;
    }

    synchronized PortHistory history() {
        return new PortHistory(service, sightings);
    }

    /** Returns why the probe could not be sent, when it could not. */
    synchronized Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    private synchronized void add(Sighting sighting) {
        sightings.add(sighting);
        notifyAll();
    }

    private synchronized void fail(RuntimeException failed) {
        failure = failed;
        notifyAll();
    }
}
