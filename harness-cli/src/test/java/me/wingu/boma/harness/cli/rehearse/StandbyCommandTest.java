package me.wingu.boma.harness.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import me.wingu.boma.harness.cli.Terminal;
import org.junit.jupiter.api.Test;

/** What the command says without a guest. */
class StandbyCommandTest {

    private final Terminal terminal = new Terminal();

    @Test
    void should_say_what_it_keeps_ready_and_for_whom() {
        assertThat(terminal.run("standby", "--help")).isZero();
        assertThat(terminal.out()).contains("Keeps a saved guest of the host restored", "takes it over", "--to=STAGE");
    }

    @Test
    void should_refuse_words_before_it_asks_for_a_guest() {
        assertThat(terminal.run("standby", "askari", "--to", "installed")).isEqualTo(2);
        assertThat(terminal.err()).contains("There is no stage \"installed\".");
        assertThat(terminal.run("standby", "nosuch")).isEqualTo(2);
        assertThat(terminal.err()).contains("nosuch");
    }
}
