package me.wingu.boma.harness.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import me.wingu.boma.harness.HarnessException;
import org.junit.jupiter.api.Test;

class BootWindowTest {

    private static final Instant KERNEL = Instant.parse("2026-01-01T00:00:00Z");
    private static final Pace QUICK = new Pace(Duration.ofMillis(200), Duration.ofMillis(50), Duration.ofSeconds(60));

    @Test
    void should_count_from_the_start_of_the_kernel() {
        PortHistory ssh = new PortHistory(
                Service.tcp(22),
                List.of(
                        sighting(-3_000, -2_990, PortState.OPEN),
                        sighting(-900, -700, PortState.FILTERED),
                        sighting(5_000, 5_010, PortState.CLOSED),
                        sighting(5_200, 5_210, PortState.OPEN),
                        sighting(7_200, 7_210, PortState.OPEN)));
        PortHistory web = new PortHistory(
                Service.tcp(443), List.of(sighting(-3_000, -2_800, PortState.FILTERED), sighting(0, 200, PortState.FILTERED)));
        BootWindow window = new BootWindow("stranger", KERNEL, List.of(ssh, web));

        assertThat(window.firstOpen(Service.tcp(22))).contains(Duration.ofMillis(5_210));
        assertThat(window.firstOpen(Service.tcp(443))).isEmpty();
        assertThat(window.reachableBefore(KERNEL.plusMillis(5_010))).isEmpty();
        assertThat(window.reachableBefore(KERNEL.plusMillis(5_011))).containsExactly(Service.tcp(22));
        assertThat(window.timeline())
                .isEqualTo(
                        """
                        22/tcp   -2990 ms open, -700 ms filtered (-3000 ms), +5010 ms closed (-900 ms), +5210 ms open (+5000 ms)
                        443/tcp  -2800 ms filtered""");
    }

    @Test
    void should_not_take_a_refusal_that_the_host_saved_itself_for_a_change() {
        PortHistory stun = new PortHistory(
                Service.udp(3478),
                List.of(
                        sighting(0, 200, PortState.OPEN_OR_FILTERED),
                        sighting(400, 410, PortState.CLOSED),
                        sighting(610, 810, PortState.OPEN_OR_FILTERED),
                        sighting(1_010, 1_210, PortState.OPEN_OR_FILTERED),
                        sighting(1_410, 1_420, PortState.CLOSED),
                        sighting(1_620, 1_820, PortState.OPEN_OR_FILTERED),
                        sighting(3_410, 3_421, PortState.CLOSED),
                        sighting(3_610, 3_810, PortState.OPEN_OR_FILTERED),
                        sighting(4_010, 4_020, PortState.OPEN)));

        assertThat(new BootWindow("stranger", KERNEL, List.of(stun)).timeline())
                .as("refused at 1420 and 3421, more than two seconds apart; nobody refused after 3810")
                .isEqualTo("3478/udp  +200 ms open or filtered, +410 ms closed (+0 ms), +1820 ms open or filtered (+1410 ms), "
                        + "+3421 ms closed (+1620 ms), +3810 ms open or filtered (+3410 ms), +4020 ms open (+3610 ms)");
    }

    @Test
    void should_not_take_the_old_system_for_the_new_one() {
        PortHistory ssh = new PortHistory(Service.tcp(22), List.of(sighting(-10, 5, PortState.OPEN)));
        BootWindow window = new BootWindow("stranger", KERNEL, List.of(ssh));

        assertThat(window.firstOpen(Service.tcp(22))).isEmpty();
        assertThat(window.reachableBefore(KERNEL.plusSeconds(60))).isEmpty();
    }

    @Test
    void should_see_a_port_open_and_end() throws Exception {
        Instant began = Instant.now();
        int port = Loopback.closedPort();
        Outside outside = new Outside(List.of(Loopback.V4), List.of(Loopback.STRANGER), Loopback.PATIENCE);
        try (BootWatch watch = outside.watch(QUICK, Service.tcp(port)).from("stranger")) {
            assertThat(watch.awaitOpen(began, Duration.ofMillis(300), Service.tcp(port))).isFalse();
            Instant opened;
            try (ServerSocket server = new ServerSocket(port, 50, Loopback.V4)) {
                opened = Instant.now();
                assertThat(server.isBound()).isTrue();
                assertThat(watch.awaitOpen(began, Duration.ofSeconds(20), Service.tcp(port))).isTrue();
            }
            BootWindow window = watch.finish(began);

            assertThat(window.ports().get(0).changes().get(0).state()).isNotEqualTo(PortState.OPEN);
            assertThat(window.ports().get(0).firstOpen(began).orElseThrow().at()).isAfter(opened);
            assertThat(window.firstOpen(Service.tcp(port)).orElseThrow()).isPositive();
            assertThat(window.reachableBefore(opened)).containsExactly(Service.tcp(port));
            assertThat(watch.awaitOpen(Instant.now(), Duration.ofMillis(50), Service.tcp(port))).isFalse();
            assertThat(watch.awaitOpen(began, Duration.ofMillis(50), Service.tcp(1))).isFalse();
        }
    }

    @Test
    void should_end_by_itself() throws Exception {
        Pace brief = new Pace(Duration.ofMillis(10), Duration.ofMillis(10), Duration.ofMillis(50));
        Outside outside = new Outside(List.of(Loopback.V4), List.of(Loopback.STRANGER), Loopback.PATIENCE);
        Service closed = Service.tcp(Loopback.closedPort());
        Instant began = Instant.now();
        try (BootWatch watch = outside.watch(brief, closed).from("stranger")) {
            assertThat(watch.awaitOpen(began, Duration.ofMillis(600), closed)).isFalse();
            List<Sighting> sightings = watch.finish(began).ports().get(0).sightings();

            assertThat(sightings).isNotEmpty();
            assertThat(sightings.subList(0, sightings.size() - 1))
                    .allMatch(sighting -> sighting.at().isBefore(began.plusMillis(500)));
        }
    }

    @Test
    void should_say_when_probes_could_not_be_sent() throws Exception {
        Vantage stray = Vantage.at("stray", List.of(InetAddress.getByName("203.0.113.66")));
        Outside outside = new Outside(List.of(Loopback.V4), List.of(stray), Loopback.PATIENCE);
        Instant began = Instant.now();
        try (BootWatch watch = outside.watch(QUICK, Service.tcp(9)).from("stray")) {
            assertThat(watch.awaitOpen(began, Duration.ofSeconds(20), Service.tcp(9))).isFalse();
            assertThatThrownBy(() -> watch.finish(began))
                    .isInstanceOf(HarnessException.class)
                    .hasMessageContaining("this machine does not have that address");
        }
    }

    private static Sighting sighting(long sent, long at, PortState state) {
        return new Sighting(KERNEL.plusMillis(sent), KERNEL.plusMillis(at), state, "");
    }
}
