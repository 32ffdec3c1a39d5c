package me.wingu.boma.harness.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.state.Units;

/**
 * A guest's boot by this machine's clock.
 *
 * @param kernelStart when its kernel started
 * @param precision how far that may be off: half the time that the guest took to say how long it is up
 * @param firewallLoaded how long after that its firewall was in force; empty when no unit loaded one
 */
record BootClock(Instant kernelStart, Duration precision, Optional<Duration> firewallLoaded) {

    private static final int READINGS = 3;

    /** Asks the guest; of several answers the quickest tells the kernel's start best. */
    static BootClock read(GuestMachine guest) {
        Sighting best = Stream.generate(() -> Sighting.of(guest))
                .limit(READINGS)
                .min(Comparator.comparing(Sighting::took))
                .orElseThrow();
        Duration half = best.took().dividedBy(2);
        return new BootClock(best.ended().minus(half).minus(best.uptime()), half, firewall(guest));
    }

    /**
     * When several units load a firewall, the last one counts; one that was stopped since does not. ufw's is active also where
     * ufw is told to load nothing, as Debian installs it.
     */
    private static Optional<Duration> firewall(GuestMachine guest) {
        String units = Units.FIREWALLS.stream().filter(unit -> !unit.equals("ufw.service")).collect(Collectors.joining(" "));
        return guest.run("""
                        systemctl show --value -p ActiveEnterTimestampMonotonic $(systemctl list-units --plain --no-legend \
                            --state=active %s $(grep -qsi '^ENABLED=yes' /etc/ufw/ufw.conf && echo ufw.service) | cut -d ' ' -f 1)
                        """
                        .formatted(units))
                .stdout()
                .lines()
                .filter(line -> line.matches("[1-9]\\d*"))
                .map(line -> Duration.ofNanos(1_000 * Long.parseLong(line)))
                .max(Comparator.naturalOrder());
    }

    /** One answer of the guest's: how long it was up, when the answer was there, and how long that took. */
    private record Sighting(Duration uptime, Instant ended, Duration took) {

        static Sighting of(GuestMachine guest) {
            CommandResult answer = guest.run("cat /proc/uptime");
            Instant ended = Instant.now();
            String seconds = answer.stdout().split(" ", 2)[0];
            return new Sighting(Duration.ofMillis((long) (1_000 * Double.parseDouble(seconds))), ended, answer.took());
        }
    }
}
