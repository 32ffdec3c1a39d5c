package me.wingu.boma.harness.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What could be reached of a host, and when, while it booted.
 *
 * @param from the vantage's name
 * @param kernelStart when the new kernel started, by this machine's clock
 * @param ports what was seen of each service, before and after that moment
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record BootWindow(String from, Instant kernelStart, List<PortHistory> ports) {

    /** Creates a window; keeps a copy of the histories. */
    public BootWindow {
        ports = List.copyOf(ports);
    }

    /** Returns how long after the kernel's start a service was first seen open; empty when it never was. */
    public Optional<Duration> firstOpen(Reachable target) {
        return ports.stream()
                .filter(port -> port.service().equals(target.service()))
                .flatMap(port -> port.firstOpen(kernelStart).stream())
                .map(sighting -> Duration.between(kernelStart, sighting.at()))
                .findFirst();
    }

    /**
     * Returns the services that could be reached between the kernel's start and a moment such as the loading of the
     * firewall. A service counts when it answered, and also when the host refused: its packets were let in.
     */
    public List<Service> reachableBefore(Instant moment) {
        return ports.stream()
                .filter(port -> port.wasReachable(kernelStart, moment))
                .map(PortHistory::service)
                .toList();
    }

    /**
     * Returns the services of which nobody can say whether they were reached between the kernel's start and a moment, because
     * none of their probes was sent in that time. Those that are silent by nature do not count.
     */
    public List<Service> notLookedAtBefore(Instant moment) {
        return ports.stream()
                .filter(port -> !port.staysSilent() && !port.wasLookedAt(kernelStart, moment))
                .map(PortHistory::service)
                .toList();
    }

    /** Returns whether there is nothing to be told of, because every port watched is silent by nature. */
    public boolean staysSilent() {
        return ports.stream().allMatch(PortHistory::staysSilent);
    }

    /** Returns whether a service is silent by nature: nothing tells whether it is open. */
    public boolean staysSilent(Reachable target) {
        return ports.stream().filter(port -> port.service().equals(target.service())).allMatch(PortHistory::staysSilent);
    }

    /**
     * Returns a line for each service with every change of its state, in milliseconds since the kernel's start. In
     * brackets stands the last probe that still saw the state before: the change lies between the two.
     *
     * <pre>{@code
     * 22/tcp   -2100 ms filtered
     * 443/tcp  -2100 ms open, -310 ms filtered (-2100 ms), +14213 ms open (+13990 ms)
     * }</pre>
     */
    public String timeline() {
        int width = ports.stream()
                .mapToInt(port -> port.service().toString().length())
                .max()
                .orElse(0);
        return ports.stream()
                .map(port -> {
                    String name = port.service().toString();
                    return name + " ".repeat(width - name.length()) + "  " + changes(port);
                })
                .collect(Collectors.joining("\n"));
    }

    private String changes(PortHistory port) {
        List<Sighting> all = port.sightings();
        return port.changes().stream()
                .map(change -> {
                    int index = all.indexOf(change);
                    String before = index == 0 ? "" : " (" + millis(all.get(index - 1).sent()) + ")";
                    return millis(change.at()) + " " + change.state() + before;
                })
                .collect(Collectors.joining(", "));
    }

    private String millis(Instant moment) {
        return "%+d ms".formatted(Duration.between(kernelStart, moment).toMillis());
    }
}
