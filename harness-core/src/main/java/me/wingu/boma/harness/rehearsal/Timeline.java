package me.wingu.boma.harness.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.checkpoint.Checkpoint;
import me.wingu.boma.harness.checkpoint.Inputs;
import me.wingu.boma.harness.checkpoint.Stage;

/**
 * What a guest has gone through, as far as this process knows. It is pure as long as nothing but known inputs led to the
 * guest's state: a test that was given the guest may have changed anything.
 */
final class Timeline {

    private Stage stage = Stage.UP;
    private Optional<Inputs> inputs = Optional.empty();
    private List<Checkpoint.Reboot> reboots = List.of();
    private Optional<String> stateBefore = Optional.empty();
    private boolean touched;

    /** The guest has booted for the first time. */
    void begins(Inputs led) {
        stage = Stage.UP;
        inputs = Optional.of(led);
        reboots = List.of();
        stateBefore = Optional.empty();
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

    void rebooted(RebootEvidence evidence, String before) {
        stage = stage.after(evidence.kind().label());
        List<Checkpoint.Reboot> more = new ArrayList<>(reboots);
        more.add(new Checkpoint.Reboot(
                evidence.kind().label(),
                evidence.bootIdBefore(),
                evidence.bootIdAfter(),
                evidence.took().toMillis(),
                evidence.evidence()));
        reboots = List.copyOf(more);
        stateBefore = Optional.of(before);
    }

    void goesOnFrom(Checkpoint checkpoint) {
        stage = checkpoint.stage();
        inputs = Optional.of(checkpoint.inputs());
        reboots = checkpoint.reboots();
        touched = false;
    }

    void touched() {
        touched = true;
    }

    boolean isTouched() {
        return touched;
    }

    boolean isPure() {
        return !touched && inputs.isPresent();
    }

    Stage stage() {
        return stage;
    }

    Inputs inputs() {
        return inputs.orElse(Inputs.none());
    }

    List<Checkpoint.Reboot> reboots() {
        return reboots;
    }

    Optional<String> stateBefore() {
        return stateBefore;
    }
}
