package me.wingu.boma.harness.rehearsal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.diagnostics.BootHealth;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.profile.HostProfile;
import me.wingu.boma.harness.waiting.Waiting;

/** Waits until a boot has come to rest, and judges it. */
final class HealthStep {

    /** Unless its image says otherwise, Docker asks after a container's health for the first time after 30 s. */
    private static final Duration CONTAINERS = Duration.ofSeconds(40);

    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final String PODMAN_STARTS = "podman starts";
    private static final String PODMAN_QUESTION = """
            if command -v podman >/dev/null && [ -n "$(podman ps -q --filter health=starting)" ]; then
                echo '%s'
            fi
            """
            .formatted(PODMAN_STARTS);

    private final HostProfile profile;
    private final Timing timing;

    HealthStep(HostProfile profile, Timing timing) {
        this.profile = profile;
        this.timing = timing;
    }

    /**
     * Judges the boot that runs now.
     *
     * @param consoleMark where the console's text of this boot begins
     * @return what systemd calls the state of the boot: {@code running} or {@code degraded}
     * @throws HarnessException when the boot does not come to rest, or has a fault that the profile does not excuse
     */
    String check(GuestMachine guest, int consoleMark) {
        CommandResult rest = guest.shell()
                .run(
                        """
                        state=$(systemctl is-system-running --wait)
                        if command -v cloud-init >/dev/null; then cloud-init status --wait >/dev/null; fi
                        echo "$state"
                        systemctl list-units --failed --plain --no-legend --no-pager --full | cut -d ' ' -f 1
                        """,
                        timing.settle());
        List<String> lines = rest.stdout().lines().map(String::strip).toList();
        String state = lines.isEmpty() ? "unknown" : lines.get(0);
        List<String> failed = lines.stream().skip(1).filter(l -> !l.isEmpty()).toList();
        List<String> faults = BootHealth.faults(
                failed,
                guest.consoleSince(consoleMark),
                unit -> profile.knownFaults().stream().anyMatch(f -> f.coversUnit(unit)),
                line -> profile.knownFaults().stream().anyMatch(f -> f.coversConsoleLine(line)));
        if (!faults.isEmpty()) {
            throw new HarnessException(
                    HarnessException.Kind.STEP,
                    "The boot of " + guest.domain().name() + " is not healthy.",
                    String.join("\n", faults) + Optional.of(why(guest, failed)).filter(w -> !w.isEmpty())
                            .map(w -> "\n" + w).orElse(""),
                    "mend the cause, or list it with a reason in \"knownFaults\" of "
                            + profile.directory().resolve("profile.json"));
        }
        return state;
    }

    /**
     * Waits until containers that are meant to run do, and their health is known: systemd calls a boot finished when
     * Docker runs, and Docker needs some more seconds for what it starts.
     */
    void settle(GuestMachine guest) {
        Duration patience = timing.scale(CONTAINERS);
        try {
            new Waiting("the containers' health", patience, LOOK, Optional::empty)
                    .until(() -> Optional.of(true).filter(settled -> settled(guest)));
        } catch (Waiting.InVain e) { // what a container is that does not settle, the tests will see
            System.getLogger(HealthStep.class.getName()).log(System.Logger.Level.DEBUG, guest.domain().name(), e);
        }
    }

    private static boolean settled(GuestMachine guest) {
        String said = guest.run(ContainerStates.QUESTION + PODMAN_QUESTION).stdout();
        return ContainerStates.in(said).settled() && said.lines().noneMatch(PODMAN_STARTS::equals);
    }

    private static String why(GuestMachine guest, List<String> failed) {
        if (failed.isEmpty()) {
            return "";
        }
        return guest.run("systemctl status --no-pager --full --lines=8 " + String.join(" ", failed) + " 2>&1 | head -n 60")
                .stdout()
                .strip();
    }
}
