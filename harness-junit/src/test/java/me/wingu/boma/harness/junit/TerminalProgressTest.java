package me.wingu.boma.harness.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import me.wingu.boma.harness.diagnostics.RunDirectory;
import me.wingu.boma.harness.diagnostics.RunRecord;
import me.wingu.boma.harness.diagnostics.StepTimes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminalProgressTest {

    private static final int WIDTH = 40;

    @TempDir
    private Path runs;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void should_tell_how_long_a_step_took_the_last_time() {
        RunDirectory.create(
                        runs,
                        RunRecord.begin("askari", "internal", Optional.empty(), Instant.now(), "tcg"),
                        UnaryOperator.identity())
                .step(new RunRecord.Step("apply", Instant.now(), 190_400, "passed", ""));

        progress().stepStarted("askari", "apply");

        assertThat(drawn()).containsExactly("askari: apply 0:00 (last time 3:10)");
    }

    @Test
    void should_leave_lines_above_the_one_that_changes() {
        TerminalProgress progress = progress();

        progress.stepStarted("askari", "up");
        progress.said("made a disk");
        progress.stepEnded("askari", "up", Duration.ofMillis(41_200), true, "198.51.100.7");

        assertThat(drawn())
                .containsExactly(
                        "askari: up 0:00", "    made a disk\n", "askari: up 0:00", "askari: up done in 41.2 s: 198.51.100.7\n", "");
    }

    @Test
    void should_draw_a_download_and_never_wrap() {
        TerminalProgress progress = progress();

        progress.stepStarted("askari", "image");
        progress.transferred(165L << 20, 330L << 20);

        assertThat(drawn()).last().isEqualTo("askari: image 0:00 [##########.........").satisfies(line -> assertThat(
                        line.toString())
                .hasSizeLessThan(WIDTH));
    }

    @Test
    void should_show_every_host_that_is_rehearsed() {
        TerminalProgress progress = progress();

        progress.stepStarted("askari", "up");
        progress.testStarted("ubongo", "pins");

        assertThat(drawn()).last().isEqualTo("askari: up 0:00 | ubongo: pins 0:00");
    }

    private TerminalProgress progress() {
        return new TerminalProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), new StepTimes(runs), WIDTH);
    }

    /** What was drawn, one after the other on the same line. */
    private List<String> drawn() {
        return Stream.of(bytes.toString(StandardCharsets.UTF_8).split("\r\033\\[K", -1)).skip(1).toList();
    }
}
