package me.wingu.boma.harness.assertions;

import static me.wingu.boma.harness.assertions.BomaAssertions.assertThat;
import static me.wingu.boma.harness.assertions.BomaAssertions.assertThatCode;
import static me.wingu.boma.harness.assertions.BomaAssertions.assertThatThrownBy;
import static me.wingu.boma.harness.assertions.BomaAssertions.eventually;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.probe.PortState;
import me.wingu.boma.harness.probe.Reach;
import me.wingu.boma.harness.probe.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReachAssertTest {

    @ParameterizedTest
    @EnumSource
    void should_pass_in_its_own_state_and_fail_in_every_other(PortState state) {
        ReachAssert subject = assertThat(Findings.reach(Service.tcp(22), state, "whatever"));
        for (PortState expected : PortState.values()) {
            Function<ReachAssert, ReachAssert> assertion =
                    switch (expected) {
                        case OPEN -> ReachAssert::isOpen;
                        case CLOSED -> ReachAssert::isClosed;
                        case FILTERED -> ReachAssert::isFiltered;
                        case OPEN_OR_FILTERED -> ReachAssert::isOpenOrFiltered;
                    };
            if (expected == state) {
                assertThatCode(() -> assertion.apply(subject)).doesNotThrowAnyException();
            } else {
                assertThatThrownBy(() -> assertion.apply(subject))
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("to be " + expected + " but it is " + state);
            }
        }
    }

    @Test
    void should_show_what_was_tried_from_where_how_long_and_what_was_seen() {
        Reach reach = Findings.reach(Service.tcp(443), PortState.FILTERED, "no answer");

        assertThatThrownBy(() -> assertThat(reach).as("askari after reboot 1").isOpen())
                .hasMessage(
                        """
                        [askari after reboot 1] Expecting 443/tcp of 198.51.100.20 to be open but it is filtered
                          tried: TCP connect to 198.51.100.20:443
                          from:  stranger (198.51.100.7)
                          took:  7004 ms, 2 tries
                          seen:  no answer""");
    }

    @Test
    void should_be_repeated_until_it_passes() {
        Queue<PortState> states = new ArrayDeque<>(List.of(PortState.FILTERED, PortState.CLOSED, PortState.OPEN));

        eventually(Duration.ofSeconds(10), () -> assertThat(Findings.reach(Service.tcp(80), states.remove(), "")).isOpen());

        assertThat(states).isEmpty();
    }

    @Test
    void should_tell_the_last_failure_when_it_never_passes() {
        Reach reach = Findings.reach(Service.tcp(80), PortState.CLOSED, "connection refused");

        assertThatThrownBy(() -> eventually(Duration.ofMillis(400), () -> assertThat(reach).isOpen()))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("(?s)Not within 400 ms \\(tried \\d+ times?\\); at last:\n"
                        + "Expecting 80/tcp of .* to be open but it is closed\n.*seen:  connection refused");
    }

    @Test
    void should_repeat_what_a_step_needs_and_is_not_there_yet() {
        Queue<String> engine = new ArrayDeque<>(List.of("", "", "up"));

        eventually(Duration.ofSeconds(10), () -> {
            if (engine.remove().isEmpty()) {
                throw new HarnessException(HarnessException.Kind.STEP, "Nothing is known about the containers.", "", "");
            }
        });

        assertThat(engine).isEmpty();
    }

    @Test
    void should_not_repeat_what_is_no_failed_assertion() {
        assertThatThrownBy(() -> eventually(Duration.ofSeconds(10), () -> {
                    throw new IllegalStateException("no such vantage");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no such vantage");
    }
}
