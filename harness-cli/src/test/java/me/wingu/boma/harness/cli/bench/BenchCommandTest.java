package me.wingu.boma.harness.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import me.wingu.boma.harness.cli.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the measurements refuse before they start a machine. */
class BenchCommandTest {

    private final Terminal terminal = new Terminal();

    @ParameterizedTest
    @CsvSource({"boot, --rounds", "checks, --rounds", "loop, --rounds", "loop, --long-rounds"})
    void should_refuse_to_measure_less_than_once(String what, String option) {
        assertThat(terminal.run("bench", what, option, "0")).isEqualTo(2);
        assertThat(terminal.err()).contains("Measuring 0 times is impossible.", "give " + option + " a number from 1 on");
    }

    @Test
    void should_look_for_goss_before_a_guest_boots(@TempDir Path directory) {
        String none = directory.resolve("goss").toString();

        assertThat(terminal.run("bench", "checks", "--goss", none)).isEqualTo(2);
        assertThat(terminal.err()).contains("There is no goss to be read at " + none, "--goss FILE");
    }
}
