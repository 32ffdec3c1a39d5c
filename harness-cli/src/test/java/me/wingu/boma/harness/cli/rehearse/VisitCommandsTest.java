package me.wingu.boma.harness.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import me.wingu.boma.harness.cli.BomaIt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands say before they ask anything of a machine. */
class VisitCommandsTest {

    private final StringWriter err = new StringWriter();
    private final StringWriter out = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "state, Reads the whole state, --json",
        "drift, lost, --since=FILE",
        "reach, from every vantage, --matrix",
    })
    void should_explain_themselves(String command, String what, String option) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).contains(what, option, "HOST");
    }

    @Test
    void should_refuse_a_host_without_a_profile() {
        assertThat(run("state", "nosuch")).isEqualTo(2);
        assertThat(err.toString()).contains("nosuch");
    }

    @Test
    void should_refuse_a_word_that_names_no_service() {
        assertThat(run("reach", "askari", "443")).isEqualTo(2);
        assertThat(err.toString()).contains("\"443\" names no service.", "write it as 443/tcp");
    }

    @Test
    void should_refuse_a_file_that_is_no_saved_state(@TempDir Path scratch) throws Exception {
        Path file = Files.writeString(scratch.resolve("state.json"), "{ \"schema\": 7 }");

        assertThat(run("drift", "askari", "--since", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("Reading a saved state failed.");
        assertThat(run("drift", "askari", "--since", scratch.resolve("none").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("name a file that is there");
    }

    private int run(String... words) {
        return BomaIt.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
    }
}
