package me.wingu.boma.harness.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.checkpoint.Checkpoint;
import me.wingu.boma.harness.checkpoint.Inputs;
import me.wingu.boma.harness.checkpoint.Stage;
import me.wingu.boma.harness.diagnostics.Reboot;
import me.wingu.boma.harness.diagnostics.RunRecord;

/**
 * What a guest has gone through, as far as this process knows. It is pure as long as nothing but known inputs led to the
 * guest's state: a test that was given the guest may have changed anything.
 */
final class Timeline {

    private Stage stage = Stage.UP;
    private Optional<Inputs> inputs = Optional.empty();
    private List<Reboot> reboots = List.of();
    private boolean touched;

    /** The guest has booted for the first time. */
    void begins(Inputs led) {
        stage = Stage.UP;
        inputs = Optional.of(led);
        reboots = List.of();
        touched = false;
    }

    /**
     * The site was applied.
     *
     * @param before what it was when that began
     * @param after what it was when that ended; another one means that nobody can tell what was applied
     */
    void applied(Inputs before, Inputs after) {
        stage = Stage.APPLIED;
        inputs = before.equals(after) ? inputs.map(led -> led.with(before)) : Optional.empty();
    }

    /** The guest was rebooted. */
    void rebooted(Reboot reboot) {
        stage = stage.after(reboot.kind());
        List<Reboot> more = new ArrayList<>(reboots);
        more.add(reboot);
        reboots = List.copyOf(more);
    }

    void goesOnFrom(Checkpoint checkpoint) {
        stage = checkpoint.stage();
        inputs = Optional.of(checkpoint.inputs());
        reboots = checkpoint.reboots();
        touched = false;
    }

    /**
     * An earlier process left the guest; what was done to it since nobody knows.
     *
     * @param record what its run says of how far it came
     */
    void takenUp(RunRecord record) {
        Optional<RunRecord.Restored> start =
                record.restoredFrom().stream().reduce((earlier, later) -> later);
        boolean applied = record.steps().stream().anyMatch(step -> step.name().equals("apply") && step.status().equals("passed"));
        stage = start.map(restored -> Stage.of(restored.stage())).filter(Stage::applied).orElse(applied ? Stage.APPLIED : Stage.UP);
        reboots = start.map(RunRecord.Restored::reboots).orElse(List.of());
        record.reboots().forEach(this::rebooted);
        touched = true;
    }

    void touched() {
        touched = true;
    }

    boolean isTouched() {
        return touched;
    }

    boolean isPure() {
        return !touched && inputs.filter(led -> !Checkpoints.areForOneRun(led)).isPresent();
    }

    Stage stage() {
        return stage;
    }

    Inputs inputs() {
        return inputs.orElse(Inputs.none());
    }

    List<Reboot> reboots() {
        return reboots;
    }
}
