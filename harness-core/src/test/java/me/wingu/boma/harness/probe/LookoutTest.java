package me.wingu.boma.harness.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import org.junit.jupiter.api.Test;

class LookoutTest {

    private static final Instant KERNEL = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PRECISION = Duration.ofMillis(100);

    @Test
    void should_watch_over_every_version_that_both_sides_have() throws Exception {
        byte[] one = new byte[16];
        one[15] = 1;
        InetAddress v6 = InetAddress.getByAddress(one);
        Vantage both = Vantage.at("both", List.of(Loopback.V4, v6));
        Outside outside = new Outside(List.of(Loopback.V4, v6), List.of(Loopback.STRANGER, both), Loopback.PATIENCE);
        Instant began = Instant.now();
        try (ServerSocket server = new ServerSocket(0, 50, Loopback.V4)) {
            Service open = Service.tcp(server.getLocalPort());
            WatchedBoot boot;
            try (Lookout lookout = outside.lookout(open)) {
                lookout.begin();
                server.accept().close();
                boot = lookout.finish(began, PRECISION, Optional.empty());
            }
            assertThat(boot.windows()).extracting(BootWindow::from)
                    .containsExactly("stranger", "both", "both over IPv6");
            assertThat(boot.from("both over IPv6").firstOpen(open)).isEmpty();
            assertThatThrownBy(() -> boot.from("stranger over IPv6"))
                    .isInstanceOf(HarnessException.class)
                    .hasMessageContaining("watched from: [stranger, both, both over IPv6]");
        }
    }

    @Test
    void should_count_as_early_only_what_is_so_for_certain() {
        PortHistory ssh = new PortHistory(Service.tcp(22), List.of(sighting(4_950), sighting(5_150)));

        assertThat(boot(ssh, 5_000).reachableBeforeTheFirewall()).isEmpty();
        assertThat(boot(ssh, 5_100).reachableBeforeTheFirewall()).containsExactly("stranger: [22/tcp]");
    }

    @Test
    void should_tell_the_whole_boot() {
        PortHistory ssh = new PortHistory(Service.tcp(22), List.of(sighting(9_000)));

        assertThat(boot(ssh, 5_100).timeline()).isEqualTo("""
                firewall in force: +5100 ms (±100 ms)
                from stranger:
                  22/tcp  +9000 ms open""");
        assertThat(new WatchedBoot(KERNEL, PRECISION, Optional.empty(), List.of()).timeline())
                .startsWith("firewall in force: never");
    }

    private static WatchedBoot boot(PortHistory history, long firewall) {
        return new WatchedBoot(
                KERNEL,
                PRECISION,
                Optional.of(Duration.ofMillis(firewall)),
                List.of(new BootWindow("stranger", KERNEL, List.of(history))));
    }

    private static Sighting sighting(long at) {
        return new Sighting(KERNEL.plusMillis(at - 10), KERNEL.plusMillis(at), PortState.OPEN, "");
    }
}
