package me.wingu.boma.harness.probe;

import static me.wingu.boma.harness.probe.Namespaces.HOST;
import static me.wingu.boma.harness.probe.Namespaces.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A host whose firewall comes and goes as it would over a reboot. */
@Tag("kernel")
class BootWatchIT {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String OFF =
            "table inet f { chain i { type filter hook input priority 0; tcp dport { 22, 80 } drop; }; }";
    private static final String FIREWALL =
            "table inet f { chain i { type filter hook input priority 0; tcp dport 22 drop; }; }";
    private static final Service SSH = Service.tcp(22);
    private static final Service WEB = Service.tcp(80);

    @Test
    void should_find_what_was_open_before_the_firewall() throws Exception {
        assertThat(reboot(true)).containsExactlyInAnyOrder(SSH, WEB);
    }

    @Test
    void should_find_nothing_when_the_firewall_was_first() throws Exception {
        assertThat(reboot(false)).isEmpty();
    }

    private static List<Service> reboot(boolean servicesBeforeFirewall) throws Exception {
        try (Namespaces namespaces = new Namespaces();
                ServerSocket ssh = namespaces.inHost(() -> new ServerSocket(22));
                ServerSocket web = namespaces.inHost(() -> new ServerSocket(80))) {
            assertThat(ssh.isBound() && web.isBound()).isTrue();
            Vantage stranger = Vantage.at("stranger", List.of(STRANGER));
            Outside outside = new Outside(List.of(HOST), List.of(stranger), Patience.DEFAULT);
            Pace pace = new Pace(Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofMinutes(1));
            namespaces.firewall(FIREWALL);
            try (BootWatch watch = outside.watch(pace, SSH, WEB).from("stranger")) {
                assertThat(watch.awaitOpen(Instant.MIN, LONG, WEB)).isTrue();
                namespaces.firewall(OFF);
                Instant kernelStart = Instant.now();
                if (servicesBeforeFirewall) {
                    namespaces.firewall("");
                    assertThat(watch.awaitOpen(kernelStart, LONG, SSH, WEB)).isTrue();
                }
                Instant firewall = Instant.now();
                namespaces.firewall(FIREWALL);
                assertThat(watch.awaitOpen(firewall, LONG, WEB)).isTrue();

                BootWindow window = watch.finish(kernelStart);
                assertThat(window.firstOpen(WEB)).isPresent();
                assertThat(window.firstOpen(SSH).isPresent()).isEqualTo(servicesBeforeFirewall);
                return window.reachableBefore(firewall);
            }
        }
    }
}
