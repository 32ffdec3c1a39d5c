package me.wingu.boma.harness.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import me.wingu.boma.harness.HarnessException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * One boot of a host as all vantages saw it from outside.
 *
 * @param kernelStart when the new kernel started, by this machine's clock
 * @param precision how far that may be off, and with it every time that the host itself tells
 * @param firewallLoaded how long after the kernel's start the firewall was in force; empty when no unit loaded one
 * @param windows what was seen, by vantage and IP version
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record WatchedBoot(
        Instant kernelStart, Duration precision, Optional<Duration> firewallLoaded, List<BootWindow> windows) {

    /** Copies the list. */
    public WatchedBoot {
        windows = List.copyOf(windows);
    }

    /**
     * Returns what one vantage saw.
     *
     * @param from the vantage's name; {@code stranger over IPv6} for the other IP version
     * @throws HarnessException when nothing was watched from there
     */
    public BootWindow from(String from) {
        return windows.stream().filter(window -> window.from().equals(from)).findFirst()
                .orElseThrow(() -> new HarnessException(
                        HarnessException.Kind.USAGE,
                        "The boot was not watched from \"" + from + "\".",
                        "watched from: " + windows.stream().map(BootWindow::from).toList(),
                        "name one of these, or add a vantage to the host's profile"));
    }

    /**
     * Returns the earliest moment, by this machine's clock, at which the firewall can have been in force: when the host says,
     * less the precision of the clocks. Empty when no unit loaded one.
     */
    public Optional<Instant> firewallInForce() {
        return firewallLoaded.map(after -> kernelStart.plus(after).minus(precision));
    }

    /**
     * Returns what could be reached before the firewall was in force, for certain: a probe counts when it was answered
     * earlier than the clocks' precision allows to doubt. One line for each vantage that reached something.
     */
    public List<String> reachableBeforeTheFirewall() {
        return beforeTheFirewall(BootWindow::reachableBefore);
    }

    /**
     * Returns what nobody looked at between the kernel's start and the firewall, so that nothing can be said of it. One line for
     * each vantage that there is something of.
     */
    public List<String> notSeenBeforeTheFirewall() {
        return beforeTheFirewall(BootWindow::notLookedAtBefore);
    }

    private List<String> beforeTheFirewall(BiFunction<BootWindow, Instant, List<Service>> found) {
        return firewallInForce().stream()
                .flatMap(moment -> windows.stream()
                        .filter(window -> !found.apply(window, moment).isEmpty())
                        .map(window -> window.from() + ": " + found.apply(window, moment)))
                .toList();
    }

    /** Returns when the firewall came, and below it what each vantage saw, in milliseconds since the kernel's start. */
    public String timeline() {
        String firewall = firewallLoaded
                .map(after -> "firewall in force: +" + after.toMillis() + " ms (±" + precision.toMillis() + " ms)")
                .orElse("firewall in force: never, no unit loaded one");
        return windows.stream()
                .map(window -> "from " + window.from() + ":\n" + window.timeline().indent(2).stripTrailing())
                .collect(Collectors.joining("\n", firewall + "\n", ""));
    }
}
