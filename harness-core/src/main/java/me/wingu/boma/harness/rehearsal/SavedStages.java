package me.wingu.boma.harness.rehearsal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import me.wingu.boma.harness.checkpoint.Checkpoint;
import me.wingu.boma.harness.checkpoint.Inputs;
import me.wingu.boma.harness.checkpoint.Stage;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.waiting.Together;

/**
 * The stages that a rehearsal may go on from because they were saved. What leads to them is digested once for all, and
 * each is looked for once, until the next step: that takes its time, and the site may change in it.
 */
final class SavedStages {

    private final RehearsalPlan plan;
    private final Checkpoints checkpoints;
    private final Reuse reuse;
    private final Supplier<ImageSource.Image> image;
    private final Map<Stage, Optional<Checkpoint>> found = new HashMap<>();
    private Optional<Inputs> leadingUp = Optional.empty();
    private Optional<Inputs> leadingToApplied = Optional.empty();

    /**
     * Creates what looks for them.
     *
     * @param image provides the golden image, which may be a step
     */
    SavedStages(RehearsalPlan plan, Checkpoints checkpoints, Reuse reuse, Supplier<ImageSource.Image> image) {
        this.plan = plan;
        this.checkpoints = checkpoints;
        this.reuse = reuse;
        this.image = image;
    }

    /** Returns the checkpoint of a stage that fits. */
    Optional<Checkpoint> at(Stage stage) {
        if (!checkpoints.mayFind(reuse)) {
            return Optional.empty();
        }
        ImageSource.Image golden = image.get(); // first: a step forgets what is remembered
        return found.computeIfAbsent(stage, wanted -> checkpoints.find(wanted, leadingTo(wanted, golden), reuse));
    }

    private Inputs leadingTo(Stage stage, ImageSource.Image golden) {
        if (!stage.applied()) {
            return leadingUp(golden);
        }
        Together.run(() -> leadingUp(golden), this::leadingToApplied);
        return leadingUp(golden).with(leadingToApplied());
    }

    /** Returns all that leads to the guest's first boot. */
    Inputs leadingUp() {
        return leadingUp(image.get());
    }

    private Inputs leadingUp(ImageSource.Image golden) {
        if (leadingUp.isEmpty()) {
            leadingUp = Optional.of(checkpoints.leadingUp(plan, golden));
        }
        return leadingUp.get();
    }

    private Inputs leadingToApplied() {
        if (leadingToApplied.isEmpty()) {
            leadingToApplied = Optional.of(checkpoints.leadingToApplied(plan));
        }
        return leadingToApplied.get();
    }

    /** Forgets what may be another one after a step. */
    void forget() {
        found.clear();
        leadingToApplied = Optional.empty();
    }
}
