package me.wingu.boma.harness.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import me.wingu.boma.harness.HarnessException;
import org.junit.jupiter.api.Test;

class TaskRunnerTest {

    @Test
    void should_leave_Ansible_alone_where_nothing_is_emulated() {
        assertThat(TaskRunner.choose("auto", false)).isEqualTo(TaskRunner.PLAIN);
        assertThat(TaskRunner.choose("Plain", true)).isEqualTo(TaskRunner.PLAIN);
    }

    @Test
    void should_refuse_a_word_that_it_does_not_know() {
        assertThatThrownBy(() -> TaskRunner.choose("fast", true))
                .isInstanceOfSatisfying(
                        HarnessException.class, e -> assertThat(e.kind()).isEqualTo(HarnessException.Kind.USAGE))
                .hasMessageContaining("\"fast\" is unknown")
                .hasMessageContaining("set boma.ansible (or BOMA_ANSIBLE) to auto, plain or mitogen");
    }
}
