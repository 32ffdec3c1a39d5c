package me.wingu.boma.harness.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import me.wingu.boma.harness.cli.BomaIt;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

class SshCommandTest {

    @Test
    void should_tell_the_host_from_the_command() {
        ParseResult words = new CommandLine(new SshCommand()).parseArgs("askari", "--", "uptime", "-p");

        assertThat(words.<String>matchedPositionalValue(0, "")).isEqualTo("askari");
        assertThat(words.<List<String>>matchedPositionalValue(1, List.of())).containsExactly("uptime", "-p");
    }

    @Test
    void should_leave_the_options_of_the_command_to_it() {
        ParseResult words = BomaIt.commandLine().parseArgs("ssh", "askari", "df", "-h").subcommand();

        assertThat(words.<List<String>>matchedPositionalValue(1, List.of())).containsExactly("df", "-h");
        assertThat(words.isUsageHelpRequested()).isFalse();
        assertThat(BomaIt.commandLine().parseArgs("ssh", "-h").subcommand().isUsageHelpRequested()).isTrue();
    }

    @Test
    void should_open_a_shell_where_no_command_is_given() {
        ParseResult words = new CommandLine(new SshCommand()).parseArgs("askari");

        assertThat(words.<List<String>>matchedPositionalValue(1, List.of())).isEmpty();
    }
}
