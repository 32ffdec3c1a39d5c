package me.wingu.boma.harness.state;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * How one unit came up.
 *
 * @param name the unit's name
 * @param type a service's kind of start: {@code simple}, {@code notify}, {@code oneshot}, …; empty for other units
 * @param result {@code success}, or why it ended: {@code exit-code}, {@code timeout}, {@code start-limit-hit}, …
 * @param exitStatus the exit status of its main process's last run
 * @param restarts how often systemd has restarted it
 * @param mainPid the main process; empty when there is none
 * @param startedAt when it began to start, since the kernel did
 * @param activeAt when it was up, since the kernel started
 * @param after the units that must be up before it starts
 * @param requires the units without which it cannot run
 * @param wants the units that it pulls in
 * @param wantedBy the units that pull it in
 * @param triggeredBy the timers, sockets and paths that start it
 * @param triggers the units that this timer, socket or path starts
 * @param listens where a socket waits for TCP: {@code 0.0.0.0:22}, {@code [::]:22}; both for one that takes either
 * @param onDemand whether D-Bus starts it when someone asks for its name
 * @param needsReload whether its file changed after systemd read it
 * @param schedule a timer's rules, such as {@code OnCalendar=*-*-* 00:00:00}
 * @param nextRun when a timer elapses next by the calendar; empty for other timers and units
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record UnitStart(
        String name,
        String type,
        String result,
        int exitStatus,
        int restarts,
        OptionalInt mainPid,
        Optional<Duration> startedAt,
        Optional<Duration> activeAt,
        Set<String> after,
        Set<String> requires,
        Set<String> wants,
        Set<String> wantedBy,
        Set<String> triggeredBy,
        Set<String> triggers,
        List<String> listens,
        boolean onDemand,
        boolean needsReload,
        List<String> schedule,
        Optional<Instant> nextRun) {

    /** Copies the collections. */
    public UnitStart {
        after = Set.copyOf(after);
        requires = Set.copyOf(requires);
        wants = Set.copyOf(wants);
        wantedBy = Set.copyOf(wantedBy);
        triggeredBy = Set.copyOf(triggeredBy);
        triggers = Set.copyOf(triggers);
        listens = List.copyOf(listens);
        schedule = List.copyOf(schedule);
    }

    /** Returns the unit as a chain shows it: {@code docker.service @28.9s +5.0s}. */
    @Override
    public String toString() {
        String at = startedAt.map(t -> " @" + seconds(t)).orElse("");
        String took = startedAt
                .flatMap(start -> activeAt.map(end -> end.minus(start)))
                .filter(t -> !t.isZero() && !t.isNegative())
                .map(t -> " +" + seconds(t))
                .orElse("");
        return name + at + took;
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3fs", time.toNanos() / 1e9);
    }
}
