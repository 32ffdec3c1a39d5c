package me.wingu.boma.harness.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import me.wingu.boma.harness.cli.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands say before they ask anything of a machine. */
class VisitCommandsTest {

    private final Terminal terminal = new Terminal();

    @ParameterizedTest
    @CsvSource({
        "state, Reads the whole state, --json",
        "drift, lost, --since=FILE",
        "reach, from every vantage, --matrix",
    })
    void should_explain_themselves(String command, String what, String option) {
        assertThat(terminal.run(command, "--help")).isZero();
        assertThat(terminal.out()).contains(what, option, "HOST");
    }

    @Test
    void should_refuse_a_host_without_a_profile() {
        assertThat(terminal.run("state", "nosuch")).isEqualTo(2);
        assertThat(terminal.err()).contains("nosuch");
    }

    @Test
    void should_refuse_a_word_that_names_no_service() {
        assertThat(terminal.run("reach", "askari", "443")).isEqualTo(2);
        assertThat(terminal.err()).contains("\"443\" names no service.", "write it as 443/tcp");
    }

    @Test
    void should_name_the_defects_that_there_are() {
        assertThat(terminal.run("sabotage", "askari", "--only", "nosuch,stun-closed")).isEqualTo(2);
        assertThat(terminal.err()).contains("Host askari has no defect nosuch.", "ssh-for-everyone, ");
        assertThat(terminal.run("sabotage", "ubongo")).isEqualTo(2);
        assertThat(terminal.err()).contains("Host ubongo has no defects to plant.", "sabotage.yml is missing");
        assertThat(terminal.run("sabotage", "askari", "--only", "stun-closed")).isEqualTo(2);
        assertThat(terminal.err()).contains("There is no test of host askari."); // among those of this module
    }

    @Test
    void should_refuse_a_file_that_is_no_saved_state(@TempDir Path scratch) throws Exception {
        Path file = Files.writeString(scratch.resolve("state.json"), "{ \"schema\": 7 }");

        assertThat(terminal.run("drift", "askari", "--since", file.toString())).isEqualTo(2);
        assertThat(terminal.err()).contains("Reading the state in " + file + " failed.", "seen: the schema of the state is not 3");
        assertThat(terminal.run("drift", "askari", "--since", scratch.resolve("none").toString())).isEqualTo(2);
        assertThat(terminal.err()).contains("it is not there", "give a file that ./boma-it state HOST --json wrote");
        Path other = Files.write(scratch.resolve("utf16"), new byte[] {(byte) 0xff, (byte) 0xfe, '{', 0});
        assertThat(terminal.run("drift", "askari", "--since", other.toString())).isEqualTo(2);
        assertThat(terminal.err()).contains("it is not text in UTF-8");
    }
}
