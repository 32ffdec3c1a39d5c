package me.wingu.boma.harness.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepTimesTest {

    private static final Instant MONDAY = Instant.parse("2026-11-16T10:00:00Z");

    @TempDir
    private Path runs;

    @Test
    void should_know_the_latest_time_that_a_step_passed() {
        run("askari", MONDAY, "apply", "passed", 200_000);
        run("askari", MONDAY.plusSeconds(3_600), "apply", "passed", 190_000);
        run("askari", MONDAY.plusSeconds(7_200), "apply", "failed", 3_000);

        assertThat(new StepTimes(runs).last("askari", "apply")).contains(Duration.ofSeconds(190));
    }

    @Test
    void should_not_take_one_host_for_another() {
        run("old-askari", MONDAY, "apply", "passed", 200_000);

        assertThat(new StepTimes(runs).last("askari", "apply")).isEmpty();
    }

    @Test
    void should_know_nothing_before_the_first_run_and_pass_over_what_was_cut_off() throws IOException {
        assertThat(new StepTimes(runs.resolve("none")).last("askari", "up")).isEmpty();
        Files.createDirectory(runs.resolve("20261116T100000.000Z-askari"));
        Files.writeString(runs.resolve("20261116T100000.000Z-askari/run.json"), "{\"schema\"");

        assertThat(new StepTimes(runs).last("askari", "up")).isEmpty();
    }

    private void run(String host, Instant at, String step, String status, long millis) {
        RunDirectory directory =
                RunDirectory.create(runs, RunRecord.begin(host, "internal", Optional.empty(), at, "tcg"), UnaryOperator.identity());
        directory.step(new RunRecord.Step(step, at, millis, status, ""));
    }
}
