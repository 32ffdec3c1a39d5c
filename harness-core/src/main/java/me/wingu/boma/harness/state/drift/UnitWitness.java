package me.wingu.boma.harness.state.drift;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Subject;
import me.wingu.boma.harness.state.Unit;
import me.wingu.boma.harness.state.UnitStart;
import me.wingu.boma.harness.state.Units;

/** Units: file, drop-ins, enablement, and which of them are up or failed. */
final class UnitWitness implements Witness<Units> {

    private static final Set<String> KINDS = Set.of("service", "timer", "socket", "path", "automount");

    /** Units that belong to a session, a connection or a device of the moment. */
    private static final Pattern OF_THE_MOMENT = Pattern.compile(
            "(user|user-runtime-dir|sshd?|systemd-coredump|systemd-fsck|modprobe|systemd-growfs)@.+"
                    + "\\.(service|socket)");

    /** Enabled, and yet they end when their work is done. */
    private static final Set<String> UNTIL_DONE = Set.of("NetworkManager-dispatcher.service", "anacron.service");

    /** Podman's timers of health checks: the container's id, and a new suffix at each start. */
    private static final Pattern OF_A_CONTAINER = Pattern.compile("[0-9a-f]{64}(-[0-9a-f]+)?\\.(service|timer)");

    /** Units with work for a machine's first boot only (their ConditionFirstBoot, or an uninitialized machine id). */
    private static final Set<String> OF_THE_FIRST_BOOT =
            Set.of("systemd-machine-id-commit.service", "systemd-firstboot.service");

    @Override
    public String name() {
        return "units";
    }

    @Override
    public Subject<Units> subject() {
        return Subject.UNITS;
    }

    @Override
    public Set<Subject<?>> explainedBy() {
        return Set.of(Subject.STARTUP);
    }

    @Override
    public Stream<Fact> facts(Units units, HostState state, HostState other) {
        return units.all().stream()
                .filter(unit -> KINDS.contains(unit.kind()) && !OF_THE_MOMENT.matcher(unit.name()).matches())
                .filter(unit -> !OF_A_CONTAINER.matcher(unit.name()).matches())
                .filter(unit -> !OF_THE_FIRST_BOOT.contains(unit.name()))
                .flatMap(unit -> Stream.of(configuration(unit), active(unit, state, other), failed(unit))
                        .flatMap(Optional::stream));
    }

    private static Optional<Fact> configuration(Unit unit) {
        boolean instance = unit.name().contains("@") && !unit.name().contains("@.");
        boolean lasting = unit.file().isPresent() && unit.enablement() != Unit.Enablement.TRANSIENT;
        if (!lasting || (instance && !unit.isEnabled())) {
            return Optional.empty();
        }
        return Optional.of(Fact.of(unit.name(), carrierOfFile(unit))
                .with("enablement", unit.enablement().toString())
                .with("file", unit.file().orElse("none"))
                .with("drop-ins", unit.dropIns().toString()));
    }

    private static String carrierOfFile(Unit unit) {
        return switch (unit.enablement()) {
            case ENABLED_RUNTIME -> "its link lies in /run: systemctl enable " + unit.name() + " without --runtime";
            case MASKED_RUNTIME -> "its mask lies in /run: systemctl mask " + unit.name() + " without --runtime";
            default -> unit.file().filter(file -> file.startsWith("/run/")).isPresent()
                    ? "its file lies in /run: move it to /etc/systemd/system"
                    : unit.file().orElse("");
        };
    }

    private static Optional<Fact> active(Unit unit, HostState state, HostState other) {
        if (!unit.isActive()
                || UNTIL_DONE.contains(unit.name())
                || comesOnDemand(unit, state)
                || comesOnDemand(unit, other)
                || answersBySocket(unit, state, other)) {
            return Optional.empty();
        }
        return Optional.of(Fact.of(unit.name() + " active", whyItWasNotStarted(unit)));
    }

    /** A unit that D-Bus, a socket, a path or a timer starts is up while someone needs it. */
    private static boolean comesOnDemand(Unit unit, HostState state) {
        boolean enabled = unit.isEnabled() || unit.enablement() == Unit.Enablement.TRANSIENT;
        return !enabled
                && state.reading(Subject.STARTUP)
                        .find()
                        .flatMap(startup -> startup.of(unit.name()))
                        .filter(start -> start.onDemand() || !start.triggeredBy().isEmpty())
                        .isPresent();
    }

    /** An enabled unit may end when nobody needs it, as libvirtd does after two minutes, and leave its socket to systemd. */
    private static boolean answersBySocket(Unit unit, HostState state, HostState other) {
        Set<String> triggers = state.reading(Subject.STARTUP)
                .find()
                .flatMap(startup -> startup.of(unit.name()))
                .map(UnitStart::triggeredBy)
                .orElse(Set.of());
        return other.reading(Subject.UNITS).find().stream()
                .flatMap(units -> triggers.stream().flatMap(trigger -> units.named(trigger).stream()))
                .anyMatch(trigger -> trigger.kind().equals("socket") && trigger.isActive());
    }

    private static String whyItWasNotStarted(Unit unit) {
        return switch (unit.enablement()) {
            case DISABLED -> "it was started, but is not enabled: systemctl enable " + unit.name();
            case TRANSIENT -> "systemd-run made it: write a unit to /etc/systemd/system and enable it";
            case ENABLED_RUNTIME -> "its link lies in /run: systemctl enable " + unit.name() + " without --runtime";
            case STATIC -> "nothing that is enabled pulls it in: give what needs it a Wants=" + unit.name();
            default -> "it is " + unit.enablement() + ", but did not come up: systemctl status " + unit.name();
        };
    }

    private static Optional<Fact> failed(Unit unit) {
        return unit.isFailed()
                ? Optional.of(Fact.of(unit.name() + " failed", ""))
                : Optional.empty();
    }
}
