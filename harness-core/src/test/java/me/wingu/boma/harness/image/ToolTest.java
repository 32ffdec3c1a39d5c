package me.wingu.boma.harness.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.waiting.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void should_hand_on_output_and_variables() {
        Tool tool = sh("Greeting", LONG, "echo $NAME; echo twice >&2").with(Map.of("NAME", "boma"));

        assertThat(tool.text()).isEqualTo("boma\ntwice\n");
    }

    @Test
    void should_write_its_output_to_a_file_and_hand_on_its_errors(@TempDir Path directory) {
        List<String> errors = new ArrayList<>();

        sh("Writing", LONG, "echo content; echo note >&2").writingTo(directory.resolve("file")).run(errors::add);

        assertThat(directory.resolve("file")).hasContent("content");
        assertThat(errors).containsExactly("note");
    }

    @Test
    void should_tell_the_status_and_the_last_lines_of_a_failure() {
        assertThatThrownBy(() -> sh("Counting", LONG, "seq 1 100; exit 3").text())
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("Counting failed: sh ended with status 3")
                .hasMessageContaining("100")
                .hasMessageNotContaining("\n        50");
    }

    @Test
    void should_say_how_to_get_a_missing_program() {
        assertThatThrownBy(() -> Tool.of("Baking", LONG, List.of("no-such-program")).text())
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("no-such-program")
                .hasMessageContaining("./boma-it setup");
    }

    @Test
    void should_stop_a_program_and_its_children_after_the_deadline() {
        List<String> children = new ArrayList<>();

        assertThatThrownBy(() -> sh("Sleeping", Duration.ofMillis(500), "sleep 1000 & echo $!; wait").run(children::add))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("it was stopped after its deadline");
        assertThat(children).isNotEmpty();
        awaitEnd(Long.parseLong(children.get(0)));
    }

    /** What the kernel does with the pipe when a process is killed, we do by hand. */
    @Test
    void should_end_with_the_process_that_holds_the_lifeline() throws Exception {
        Process process = new ProcessBuilder(
                        "sh", "-c", Scripts.text("lifeline.sh"), "lifeline.sh", "sh", "-c", "sleep 1000 & echo $!; wait")
                .start();
        long child;
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            child = Long.parseLong(output.readLine());
            assertThat(ProcessHandle.of(child)).isPresent();
            process.getOutputStream().close();
            assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
        awaitEnd(child);
    }

    private static void awaitEnd(long pid) {
        Waiting.upTo("the end of process " + pid, LONG)
                .until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()
                        ? Optional.empty()
                        : Optional.of(true));
    }

    private static Tool sh(String purpose, Duration deadline, String script) {
        return Tool.of(purpose, deadline, List.of("sh", "-c", script));
    }
}
