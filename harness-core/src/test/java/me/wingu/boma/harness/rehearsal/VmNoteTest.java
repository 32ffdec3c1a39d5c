package me.wingu.boma.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import me.wingu.boma.harness.rehearsal.VmNote.Hold;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VmNoteTest {

    @ParameterizedTest
    @EnumSource
    void should_survive_its_way_through_the_domain(Hold hold) {
        VmNote owned = Demo.note("demo", hold, Optional.of(Owner.self()));
        VmNote free = Demo.note("demo", hold, Optional.empty());

        assertThat(VmNote.parse(owned.toJson())).contains(owned);
        assertThat(VmNote.parse(free.toJson())).contains(free);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "[]", "not json", "{\"host\": \"demo\"}", "{\"hold\": \"NEVER\"}"})
    void should_not_take_another_text_for_a_note(String foreign) {
        assertThat(VmNote.parse(foreign)).isEmpty();
    }

    @Test
    void should_call_a_guest_orphaned_when_nothing_holds_it_and_its_process_is_gone() {
        assertThat(Demo.note("demo", Hold.NONE, Optional.of(Demo.DEAD)).orphaned()).isTrue();
        assertThat(Demo.note("demo", Hold.NONE, Optional.empty()).orphaned()).isTrue();
        assertThat(Demo.note("demo", Hold.NONE, Optional.of(Owner.self())).orphaned()).isFalse();
        assertThat(Demo.note("demo", Hold.BETWEEN_STEPS, Optional.empty()).orphaned()).isFalse();
        assertThat(Demo.note("demo", Hold.KEPT, Optional.empty()).orphaned()).isFalse();
    }

    @Test
    void should_call_a_guest_idle_only_when_it_was_kept_and_nobody_works_on_it() {
        assertThat(Demo.note("demo", Hold.KEPT, Optional.of(Demo.DEAD)).idleAndKept()).isTrue();
        assertThat(Demo.note("demo", Hold.KEPT, Optional.of(Owner.self())).idleAndKept()).isFalse();
        assertThat(Demo.note("demo", Hold.BETWEEN_STEPS, Optional.empty()).idleAndKept()).isFalse();
    }

    @Test
    void should_pass_from_one_process_to_the_next() {
        VmNote left = Demo.note("demo", Hold.NONE, Optional.of(Demo.DEAD)).left(Hold.BETWEEN_STEPS);

        assertThat(left.owner()).isEmpty();
        assertThat(left.hold()).isEqualTo(Hold.BETWEEN_STEPS);
        assertThat(left.workedOnBy(Owner.self()).owner()).contains(Owner.self());
    }
}
