package me.wingu.boma.harness;

import static org.assertj.core.api.Assertions.assertThat;

import me.wingu.boma.harness.HarnessException.Kind;
import org.junit.jupiter.api.Test;

class HarnessExceptionTest {

    @Test
    void should_say_what_was_done_what_was_seen_and_what_to_do() {
        assertThat(new HarnessException(Kind.STEP, "Booting failed.", "a panic\nand then nothing\n", "look\nagain"))
                .hasMessage(
                        """
                        Booting failed.
                          seen: a panic
                                and then nothing
                          next: look
                                again""");
    }

    @Test
    void should_leave_out_what_there_is_not_to_say() {
        assertThat(new HarnessException(Kind.USAGE, "No.", "", " ")).hasMessage("No.");
        assertThat(new HarnessException(Kind.USAGE, "No.", "", "go")).hasMessage("No.\n  next: go");
    }

    @Test
    void should_keep_its_cause() {
        Throwable cause = new IllegalStateException("below");

        assertThat(new HarnessException(Kind.MACHINE, "No.", "", "", cause)).hasCause(cause);
    }

    @Test
    void should_have_an_exit_status_for_each_kind() {
        assertThat(Kind.USAGE.exitStatus()).isEqualTo(2);
        assertThat(Kind.MACHINE.exitStatus()).isEqualTo(3);
        assertThat(Kind.STEP.exitStatus()).isEqualTo(4);
    }
}
