package me.wingu.boma.harness.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import me.wingu.boma.harness.diagnostics.RunDirectory;
import me.wingu.boma.harness.diagnostics.RunRecord;
import me.wingu.boma.harness.probe.BootWindow;
import me.wingu.boma.harness.probe.Lookout;
import me.wingu.boma.harness.probe.Outside;
import me.wingu.boma.harness.probe.PortHistory;
import me.wingu.boma.harness.probe.Reachable;
import me.wingu.boma.harness.probe.Service;
import me.wingu.boma.harness.probe.WatchedBoot;

/** Watches a guest's ports from outside while it reboots, and records what was seen. */
final class BootLookout implements AutoCloseable {

    private final Optional<Lookout> lookout;

    private BootLookout(Optional<Lookout> lookout) {
        this.lookout = lookout;
    }

    /** Prepares to watch; there is nothing to do where there is no vantage, or nothing to watch. */
    static BootLookout prepare(Outside outside, List<Service> services) {
        return new BootLookout(
                services.isEmpty() || outside.vantages().isEmpty()
                        ? Optional.empty()
                        : Optional.of(outside.lookout(services.toArray(Reachable[]::new))));
    }

    /** Begins to watch. */
    void begin() {
        lookout.ifPresent(Lookout::begin);
    }

    /**
     * Ends the watch once the guest is up again, and records what was seen in the run directory.
     *
     * @return what was seen; empty when nothing was watched
     */
    Optional<WatchedBoot> report(GuestMachine guest, RunDirectory directory) {
        if (lookout.isEmpty()) {
            return Optional.empty();
        }
        BootClock clock = BootClock.read(guest);
        WatchedBoot boot =
                lookout.get().finish(clock.kernelStart(), clock.precision(), clock.firewallLoaded());
        directory.boot(record(boot));
        directory.write("boot-" + directory.record().reboots().size() + ".txt", boot.timeline() + "\n");
        return Optional.of(boot);
    }

    private static RunRecord.SeenBoot record(WatchedBoot boot) {
        return new RunRecord.SeenBoot(
                boot.kernelStart(),
                boot.precision().toMillis(),
                boot.firewallLoaded().map(Duration::toMillis),
                boot.windows().stream().flatMap(window -> ports(window, boot)).toList());
    }

    private static Stream<RunRecord.Port> ports(BootWindow window, WatchedBoot boot) {
        Optional<Instant> firewall = boot.firewallInForce();
        return window.ports().stream().map(PortHistory::service).map(service -> new RunRecord.Port(
                window.from(),
                service.toString(),
                window.firstOpen(service).map(Duration::toMillis),
                firewall.filter(moment -> window.reachableBefore(moment).contains(service)).isPresent()));
    }

    @Override
    public void close() {
        lookout.ifPresent(Lookout::close);
    }
}
