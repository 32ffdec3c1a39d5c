package me.wingu.boma.harness.assertions;

import static me.wingu.boma.harness.assertions.BomaAssertions.assertThat;
import static me.wingu.boma.harness.assertions.BomaAssertions.assertThatThrownBy;
import static me.wingu.boma.harness.assertions.BomaAssertions.tcp;
import static me.wingu.boma.harness.assertions.BomaAssertions.udp;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.probe.BootWindow;
import me.wingu.boma.harness.probe.PortHistory;
import me.wingu.boma.harness.probe.PortState;
import me.wingu.boma.harness.probe.Service;
import me.wingu.boma.harness.probe.Sighting;
import me.wingu.boma.harness.probe.WatchedBoot;
import org.junit.jupiter.api.Test;

class WatchedBootAssertTest {

    private static final Instant KERNEL = Instant.parse("2026-01-01T00:00:00Z");
    private static final PortHistory SSH =
            new PortHistory(Service.tcp(22), List.of(sighting(0, PortState.FILTERED), sighting(8_000, PortState.OPEN)));
    private static final PortHistory WEB = new PortHistory(Service.tcp(443), List.of(sighting(0, PortState.FILTERED)));

    @Test
    void should_pass_when_the_firewall_was_first() {
        assertThat(boot(Optional.of(Duration.ofSeconds(5))))
                .letsNothingInBeforeTheFirewall()
                .opens(tcp(22), "admin", Duration.ofSeconds(9))
                .neverOpens(tcp(443), "admin");
    }

    @Test
    void should_show_the_boot_when_something_was_quicker() {
        assertThatThrownBy(() -> assertThat(boot(Optional.of(Duration.ofSeconds(9)))).letsNothingInBeforeTheFirewall())
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        """
                        Expecting nothing to be reachable before the firewall was in force but it was from admin: [22/tcp]
                          seen:  firewall in force: +9000 ms (±50 ms)
                                 from admin:
                                   22/tcp   +1 ms filtered, +8001 ms open (+0 ms)
                                   443/tcp  +1 ms filtered""");
    }

    @Test
    void should_fail_when_there_was_no_firewall() {
        assertThatThrownBy(() -> assertThat(boot(Optional.empty())).letsNothingInBeforeTheFirewall())
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Expecting a unit to have loaded a firewall but none did\n")
                .hasMessageContaining("firewall in force: never");
    }

    @Test
    void should_fail_when_a_service_opens_late_or_never_or_at_all() {
        WatchedBoot boot = boot(Optional.of(Duration.ofSeconds(5)));

        assertThatThrownBy(() -> assertThat(boot).opens(tcp(22), "admin", Duration.ofSeconds(8)))
                .hasMessageStartingWith("Expecting 22/tcp to be open from admin within 8000 ms but it was after 8001 ms\n");
        assertThatThrownBy(() -> assertThat(boot).opens(tcp(443), "admin", Duration.ofSeconds(8)))
                .hasMessageStartingWith("Expecting 443/tcp to be open from admin within 8000 ms but it never was\n");
        assertThatThrownBy(() -> assertThat(boot).neverOpens(tcp(22), "admin"))
                .hasMessageStartingWith("Expecting 22/tcp never to be open from admin but it was after 8001 ms\n");
    }

    @Test
    void should_not_assert_nothing() {
        WatchedBoot boot = boot(Optional.of(Duration.ofSeconds(5)));

        assertThatThrownBy(() -> assertThat(boot).neverOpens(tcp(80), "admin"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("80/tcp was not watched");
        PortHistory tunnel = new PortHistory(Service.udp(51820), List.of(sighting(0, PortState.OPEN_OR_FILTERED)));
        assertThatThrownBy(() -> assertThat(boot(tunnel)).neverOpens(udp(51820), "admin"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("51820/udp was silent, which tells nothing");
        WatchedBoot unseen = new WatchedBoot(KERNEL, Duration.ZERO, Optional.of(Duration.ZERO), List.of());
        assertThatThrownBy(() -> assertThat(unseen).letsNothingInBeforeTheFirewall())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void should_not_say_that_nothing_got_in_while_nobody_looked() {
        PortHistory late = new PortHistory(
                Service.tcp(443), List.of(sighting(-1_000, PortState.OPEN), sighting(9_010, PortState.OPEN)));

        assertThatThrownBy(() -> assertThat(boot(late)).letsNothingInBeforeTheFirewall())
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Expecting nothing to be reachable before the firewall was in force but nobody looked"
                        + " until then from admin: [443/tcp]\n");
        PortHistory never = new PortHistory(Service.tcp(443), List.of(sighting(-1_000, PortState.FILTERED)));
        assertThatThrownBy(() -> assertThat(boot(never)).neverOpens(tcp(443), "admin"))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Expecting 443/tcp from admin never to be open but it was not looked at since the kernel's"
                        + " start\n");
    }

    private static WatchedBoot boot(PortHistory port) {
        return new WatchedBoot(
                KERNEL,
                Duration.ofMillis(50),
                Optional.of(Duration.ofSeconds(5)),
                List.of(new BootWindow("admin", KERNEL, List.of(port))));
    }

    private static WatchedBoot boot(Optional<Duration> firewall) {
        return new WatchedBoot(
                KERNEL,
                Duration.ofMillis(50),
                firewall,
                List.of(new BootWindow("admin", KERNEL, List.of(SSH, WEB))));
    }

    private static Sighting sighting(long sent, PortState state) {
        return new Sighting(KERNEL.plusMillis(sent), KERNEL.plusMillis(sent + 1), state, "");
    }
}
