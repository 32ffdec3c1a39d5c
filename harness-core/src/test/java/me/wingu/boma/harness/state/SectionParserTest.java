package me.wingu.boma.harness.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.guest.CommandResult;
import org.junit.jupiter.api.Test;

/** The frames around what collectors print. */
class SectionParserTest {

    @Test
    void should_keep_text_apart_from_complaint() {
        Map<String, Section> sections = parse("N\none\n\ntwo\nN a 3 25\nwarning\n\nN .\n\nN b 0 1\n\nN .\n");

        assertThat(sections.get("a")).isEqualTo(new Section("a", 3, Duration.ofMillis(250), "one\n\ntwo", "warning"));
        assertThat(sections.get("b").text()).isEmpty();
    }

    @Test
    void should_not_take_text_that_looks_like_a_frame_for_one() {
        Map<String, Section> sections = parse("N\nX a 0 1\nN\nN a 0 1\n\nN .\n");

        assertThat(sections.get("a").text()).isEqualTo("X a 0 1\nN");
    }

    @Test
    void should_refuse_output_that_was_cut_off() {
        assertThatThrownBy(() -> parse("N\none\nN a 0 1\n"))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("Reading the state of askari failed")
                .hasMessageContaining("exit status 0");
        assertThatThrownBy(() -> parse("")).isInstanceOf(HarnessException.class).hasMessageContaining("printed nothing");
    }

    private static Map<String, Section> parse(String stdout) {
        return new SectionParser("askari").parse(new CommandResult(0, stdout, "", Duration.ZERO));
    }
}
