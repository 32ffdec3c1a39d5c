package me.wingu.boma.harness.assertions;

import static me.wingu.boma.harness.assertions.BomaAssertions.assertThat;
import static me.wingu.boma.harness.assertions.BomaAssertions.assertThatThrownBy;
import static me.wingu.boma.harness.assertions.BomaAssertions.tcp;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import me.wingu.boma.harness.probe.BootWindow;
import me.wingu.boma.harness.probe.PortHistory;
import me.wingu.boma.harness.probe.PortState;
import me.wingu.boma.harness.probe.Service;
import me.wingu.boma.harness.probe.Sighting;
import org.junit.jupiter.api.Test;

class BootWindowAssertTest {

    private static final Instant KERNEL = Instant.parse("2026-01-01T00:00:00Z");

    private final BootWindow window = new BootWindow(
            "stranger",
            KERNEL,
            List.of(
                    new PortHistory(
                            Service.tcp(22),
                            List.of(sighting(0, PortState.FILTERED), sighting(3_000, PortState.CLOSED),
                                    sighting(3_200, PortState.FILTERED))),
                    new PortHistory(
                            Service.tcp(443),
                            List.of(sighting(0, PortState.FILTERED), sighting(14_000, PortState.OPEN)))));

    @Test
    void should_pass_when_the_firewall_was_first() {
        assertThat(window)
                .opensWithin(Duration.ofMillis(14_001), tcp(443))
                .neverOpens(tcp(22))
                .letsNothingInBefore(KERNEL.plusMillis(3_000));
    }

    @Test
    void should_show_the_timeline_when_something_was_let_in_too_early() {
        assertThatThrownBy(() -> assertThat(window).letsNothingInBefore(KERNEL.plusMillis(3_100)))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        """
                        Expecting nothing to be reachable before 3100 ms but [22/tcp] could be reached
                          from:  stranger, times since the kernel's start
                          seen:  22/tcp   +1 ms filtered, +3001 ms closed (+0 ms), +3201 ms filtered (+3000 ms)
                                 443/tcp  +1 ms filtered, +14001 ms open (+0 ms)""");
    }

    @Test
    void should_fail_when_a_service_opens_late_or_never_or_at_all() {
        assertThatThrownBy(() -> assertThat(window).opensWithin(Duration.ofSeconds(10), tcp(443)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Expecting 443/tcp to be open within 10000 ms but it was after 14001 ms\n");
        assertThatThrownBy(() -> assertThat(window).opensWithin(Duration.ofSeconds(10), tcp(22)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Expecting 22/tcp to be open within 10000 ms but it never was\n");
        assertThatThrownBy(() -> assertThat(window).neverOpens(tcp(443)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Expecting 443/tcp never to be open but it was after 14001 ms\n");
    }

    @Test
    void should_not_assert_nothing() {
        assertThatThrownBy(() -> assertThat(window).neverOpens(tcp(80))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> assertThat(window).letsNothingInBefore(KERNEL))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Sighting sighting(long sent, PortState state) {
        return new Sighting(KERNEL.plusMillis(sent), KERNEL.plusMillis(sent + 1), state, "");
    }
}
