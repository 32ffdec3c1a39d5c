package me.wingu.boma.harness.rehearsal;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import me.wingu.boma.harness.checkpoint.Stage;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.waiting.Waiting;

/** A standby at work, until it is closed. */
final class StandingBy implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Lab lab;
    private final CompletableFuture<Void> work;
    private volatile boolean wanted = true;

    StandingBy(Lab lab, RehearsalPlan plan, Optional<Stage> stage) {
        this.lab = lab;
        this.work = CompletableFuture.runAsync(
                () -> new Standby(lab, () -> plan, stage).keepWhile(() -> wanted), run -> new Thread(run, "standby").start());
    }

    /** Waits until a guest stands by. */
    void awaitReady() {
        await("a guest that stands by", () -> lab.guests().stream().anyMatch(guest -> guest.hold().equals("standing-by")));
    }

    void await(String what, BooleanSupplier come) {
        Waiting.upTo(what, SOON)
                .unless(() -> work.isDone() ? Optional.of("the standby has ended") : Optional.empty())
                .until(() -> come.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** Ends it, and returns when nothing of it is left. */
    @Override
    public void close() {
        wanted = false;
        work.join();
    }
}
