package me.wingu.boma.harness.probe;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Probes services of a host from outside while it reboots, until it is finished, closed or over by itself.
 *
 * <pre>{@code
 * try (BootWatch watch = outside.watch(tcp(22), tcp(443)).from("stranger")) {
 *     Instant kernelStart = reboot();
 *     watch.awaitOpen(kernelStart, ofMinutes(2), tcp(443));
 *     BootWindow window = watch.finish(kernelStart);
 * }
 * }</pre>
 *
 * <p>Each service has a thread of its own that waits between two probes; see {@link Pace}.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class BootWatch implements AutoCloseable {

    private final String vantage;
    private final CountDownLatch stopped;
    private final List<PortWatch> ports;

    private BootWatch(String vantage, CountDownLatch stopped, List<PortWatch> ports) {
        this.vantage = vantage;
        this.stopped = stopped;
        this.ports = ports;
    }

    static BootWatch start(Vantage vantage, InetAddress host, List<Service> services, Pace pace) {
        return start(vantage, vantage.name(), host, services, pace);
    }

    /** Starts a watch that goes by another name than its vantage's, such as {@code stranger over IPv6}. */
    static BootWatch start(Vantage vantage, String name, InetAddress host, List<Service> services, Pace pace) {
        CountDownLatch stopped = new CountDownLatch(1);
        List<PortWatch> ports = services.stream()
                .map(service -> new PortWatch(vantage, host, service, pace, stopped))
                .toList();
        for (PortWatch port : ports) {
            Thread thread = new Thread(port, "boot-watch-" + name);
            thread.setDaemon(true);
            thread.start();
        }
        return new BootWatch(name, stopped, ports);
    }

    /**
     * Waits until services were seen open by probes sent at or after a moment.
     *
     * @param since the moment, by this machine's clock
     * @param within how long to wait
     * @param targets services that are watched
     * @return whether all of them were; false when the time was over first, one is not watched, or a probe could not be sent:
     *     that is told by {@link #finish}
     * @throws InterruptedException when the thread is interrupted while it waits
     */
    public boolean awaitOpen(Instant since, Duration within, Reachable... targets) throws InterruptedException {
        Instant deadline = Instant.now().plus(within);
        for (Reachable target : targets) {
            Optional<PortWatch> port = ports.stream()
                    .filter(watch -> watch.history().service().equals(target.service()))
                    .findFirst();
            if (port.isEmpty() || !port.get().awaitOpen(since, deadline)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Ends the watch.
     *
     * @param kernelStart when the new kernel started, by this machine's clock
     * @return what was seen
     * @throws me.wingu.boma.harness.HarnessException when a probe could not be sent
     */
    public BootWindow finish(Instant kernelStart) {
        close();
        for (PortWatch port : ports) {
            if (port.failure().isPresent()) {
                throw port.failure().get();
            }
        }
        return new BootWindow(
                vantage, kernelStart, ports.stream().map(PortWatch::history).toList());
    }

    /** Ends the watch; a probe on its way may still end in the background. */
    @Override
    public void close() {
        stopped.countDown();
    }
}
