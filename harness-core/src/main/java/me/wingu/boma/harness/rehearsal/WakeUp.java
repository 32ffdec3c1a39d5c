package me.wingu.boma.harness.rehearsal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.checkpoint.Checkpoint;
import me.wingu.boma.harness.guest.CommandResult;

/**
 * Makes right in a restored guest what went on without it, and proves it: the clock, the random numbers, the neighbours'
 * addresses, the lease, and that it is the guest that was saved, with its containers.
 */
final class WakeUp {

    private static final String CLOCK = "echo \"clock $(date +%s.%N)\"\n";
    private static final Duration CLOCKS_APART = Duration.ofSeconds(1);
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration SETTLING = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 4;
    private static final int ENTROPY_BITS = 512;

    private final Timing timing;

    WakeUp(Timing timing) {
        this.timing = timing;
    }

    /**
     * Wakes a guest up that runs again already.
     *
     * @param checkpoint what it was restored from
     * @param containers what its containers were, as {@link ContainerStates} tells them
     * @throws HarnessException when it is not as it was
     */
    void wake(GuestMachine guest, Checkpoint checkpoint, String containers) {
        Report report = Report.of(guest);
        Duration clockOff = report.clockOff();
        for (int i = 1; i < ATTEMPTS && clockOff.compareTo(CLOCKS_APART) > 0; i++) {
            clockOff = Report.clockOff(guest);
        }
        List<String> wrong = new ArrayList<>();
        if (!report.bootId().equals(checkpoint.guest().bootId())) {
            wrong.add("boot id " + report.bootId() + ", and it was " + checkpoint.guest().bootId());
        }
        if (clockOff.compareTo(CLOCKS_APART) > 0) {
            wrong.add("its clock may be off by " + clockOff.toMillis() + " ms");
        }
        if (!report.containers().equals(containers)) {
            wrong.addAll(awaitContainers(guest, containers));
        }
        if (!wrong.isEmpty()) {
            throw failed(guest, String.join("\n", wrong));
        }
        guest.awaitLease("going on from a checkpoint", timing.scale(LEASE));
    }

    /** A container that was just starting may be there a moment later. */
    private List<String> awaitContainers(GuestMachine guest, String wanted) {
        Instant end = Instant.now().plus(timing.scale(SETTLING));
        String seen = "";
        while (Instant.now().isBefore(end)) {
            seen = ContainerStates.in(guest.run(ContainerStates.QUESTION).stdout()).text();
            if (seen.equals(wanted)) {
                return List.of();
            }
        }
        return List.of("its containers are\n" + seen, "and were\n" + wanted);
    }

    private static HarnessException failed(GuestMachine guest, String seen) {
        return new HarnessException(
                HarnessException.Kind.STEP,
                "The restored guest " + guest.domain().name() + " is not as it was saved.",
                seen,
                "start afresh: -Dboma.fresh=true");
    }

    /** What the guest says of itself, and how far its clock may be off. */
    private record Report(String bootId, String containers, Duration clockOff) {

        /** Does all that is to be done in one execution, and asks for everything. */
        static Report of(GuestMachine guest) {
            return told(guest.runOfTheMoment(WakeUp::script), Instant.now());
        }

        /** Sets the clock once more, and asks for nothing else: the order's way there was too long, and is shorter now. */
        static Duration clockOff(GuestMachine guest) {
            return told(guest.runOfTheMoment(() -> setClock() + CLOCK), Instant.now()).clockOff();
        }

        private static Report told(CommandResult result, Instant received) {
            TreeMap<String, String> values = new TreeMap<>();
            result.stdout().lines().forEach(line -> {
                int space = line.indexOf(' ');
                values.put(line.substring(0, Math.max(0, space)), line.substring(space + 1));
            });
            return new Report(
                    values.getOrDefault("boot", ""),
                    ContainerStates.in(result.stdout()).text(),
                    clockOff(received, values.getOrDefault("clock", "0")));
        }

        /** The guest read its clock before its answer was here: how much before, and how far off, is at most this. */
        private static Duration clockOff(Instant received, String clock) {
            BigDecimal seconds = new BigDecimal(clock.strip());
            Instant guest = Instant.ofEpochSecond(
                    seconds.longValue(),
                    seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
            return Duration.between(guest, received).abs();
        }
    }

    /** Returns the command that sets the guest's clock to the time that it is now. */
    static String setClock() {
        Instant now = Instant.now();
        return "date -u -s @%d.%09d >/dev/null%n".formatted(now.getEpochSecond(), now.getNano());
    }

    private static String script() {
        String entropy = new BigInteger(ENTROPY_BITS, new SecureRandom()).toString(16);
        return """
                %secho %s >/dev/urandom
                {
                    ip neigh flush all
                    while read -r link destination _; do [ "$destination" != 00000000 ] || break; done </proc/net/route
                    networkctl renew "$link" || dhcpcd -n "$link"
                } >/dev/null 2>&1 &
                %swait
                read -r boot </proc/sys/kernel/random/boot_id
                echo "boot $boot"
                %s"""
                .formatted(setClock(), entropy, ContainerStates.QUESTION, CLOCK);
    }
}
