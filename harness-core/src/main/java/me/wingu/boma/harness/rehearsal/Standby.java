package me.wingu.boma.harness.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.checkpoint.Checkpoint;
import me.wingu.boma.harness.checkpoint.Stage;
import me.wingu.boma.harness.hypervisor.Domain;
import me.wingu.boma.harness.profile.HostProfile;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.waiting.Waiting;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Keeps a guest of a host restored, so that a fast run need not wait for that. The guest stands still: it uses no processor,
 * and whoever takes it over finds it as it was saved. A run that needs the place for anything else gets it, and when that
 * guest has gone the next one is made ready.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Standby {

    private static final Duration LOOK_AT_THE_GUEST = Duration.ofMillis(250);
    private static final Duration LOOK_AT_THE_CHECKPOINTS = Duration.ofSeconds(5);

    /** Between two test classes of one run the place is free for a moment. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Lab lab;
    private final Supplier<RehearsalPlan> plans;
    private final Optional<Stage> stage;
    private boolean made;
    private String said = "";

    /**
     * Creates a standby; nothing is made yet.
     *
     * @param lab where the guest runs
     * @param plans says what to rehearse; asked before each guest, so that a profile may be edited meanwhile
     * @param stage the stage to be at; else the one that the host was last restored at, and after apply in the beginning
     */
    public Standby(Lab lab, Supplier<RehearsalPlan> plans, Optional<Stage> stage) {
        this.lab = lab;
        this.plans = plans;
        this.stage = stage;
    }

    /**
     * Keeps a guest ready. The first one is made by boot and playbook when nothing is saved that fits, and is like any guest in
     * the making until then; later only what other runs have saved is restored.
     *
     * @param wanted whether to go on
     * @throws HarnessException when the first one cannot be made
     */
    public void keepWhile(BooleanSupplier wanted) {
        while (wanted.getAsBoolean()) {
            try {
                keepNext(wanted);
            } catch (HarnessException e) {
                if (!made) {
                    throw e;
                }
                say("no guest stands by: " + e.getMessage());
                pause(LOOK_AT_THE_CHECKPOINTS, wanted);
            }
        }
    }

    /** Keeps the next guest ready until it is gone, if there can be one now. */
    private void keepNext(BooleanSupplier wanted) {
        RehearsalPlan plan = plans.get();
        HostProfile profile = plan.profile();
        lab.hypervisor().find(profile.domainName()).ifPresent(lab.guard()::dismiss); // one that could not be watched
        if (!hasPlace(profile, wanted)) {
            say(profile.host() + " waits for its place: " + lab.guard().whoIsThere(profile));
            pause(GRACE, wanted);
            return;
        }
        Optional<Stage> saved = saved(plan);
        if (saved.isPresent()) {
            keepOne(plan, VmNote.Hold.GETTING_READY, rehearsal -> rehearsal.goOnFrom(saved.get()), wanted);
        } else if (!made) {
            keepOne(plan, VmNote.Hold.NONE, rehearsal -> rehearsal.reach(stage.orElse(Stage.APPLIED)), wanted);
        } else {
            say(profile.host() + ": nothing that is saved fits what is there now; the next run saves it");
            pause(LOOK_AT_THE_CHECKPOINTS, wanted);
        }
    }

    private boolean hasPlace(HostProfile profile, BooleanSupplier wanted) {
        if (made && lab.guard().hasPlaceFor(profile)) {
            pause(GRACE, wanted);
        }
        return wanted.getAsBoolean() && lab.guard().hasPlaceFor(profile);
    }

    private Optional<Stage> saved(RehearsalPlan plan) {
        return lab.parts()
                .images()
                .find(plan.profile().image())
                .flatMap(image -> lab.checkpoints().lastUsed(plan, image, stage))
                .map(Checkpoint::stage);
    }

    private void keepOne(RehearsalPlan plan, VmNote.Hold hold, Consumer<Rehearsal> making, BooleanSupplier wanted) {
        try (Rehearsal rehearsal = lab.begin(plan, Reuse.FAST, hold)) {
            try (StandingGuest guest = madeReady(rehearsal, making)) {
                Domain domain = guest.machine().domain();
                made = true;
                said = ""; // each one is worth a line
                Checkpoint checkpoint = guest.checkpoint();
                say(plan.profile().host() + " stands by " + checkpoint.stage() + ", as saved " + Ago.of(checkpoint.takenAt()));
                while (wanted.getAsBoolean() && lab.guard().standsByForThis(domain)) {
                    pause(LOOK_AT_THE_GUEST, wanted);
                }
                lab.guard().dismiss(domain);
            }
            rehearsal.handedOver();
            if (hold == VmNote.Hold.GETTING_READY) {
                rehearsal.directory().delete(); // one for each test that somebody ran, with a restore in it and no more
            } else {
                rehearsal.judged("passed", false);
            }
        }
    }

    private static StandingGuest madeReady(Rehearsal rehearsal, Consumer<Rehearsal> making) {
        try {
            making.accept(rehearsal);
            return rehearsal.standBy();
        } catch (RuntimeException e) {
            rehearsal.judged("error", false);
            if (rehearsal.hasGuest()) {
                rehearsal.down();
            }
            throw e;
        }
    }

    /** Says something, unless it was the last that was said. */
    private void say(String line) {
        if (!line.equals(said)) {
            said = line;
            lab.progress().said(line);
        }
    }

    /** The deadline is there for form's sake: a process that was stopped for a while goes on. */
    private static void pause(Duration time, BooleanSupplier wanted) {
        Instant end = Instant.now().plus(time);
        Waiting.upTo("the next look", Duration.ofDays(365))
                .until(() -> wanted.getAsBoolean() && Instant.now().isBefore(end) ? Optional.empty() : Optional.of(true));
    }
}
