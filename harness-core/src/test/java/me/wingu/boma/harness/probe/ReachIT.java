package me.wingu.boma.harness.probe;

import static me.wingu.boma.harness.probe.Namespaces.ADMIN;
import static me.wingu.boma.harness.probe.Namespaces.HOST;
import static me.wingu.boma.harness.probe.Namespaces.HOST_V6;
import static me.wingu.boma.harness.probe.Namespaces.STRANGER;
import static me.wingu.boma.harness.probe.Namespaces.STRANGER_V6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import me.wingu.boma.harness.HarnessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the kernel's own firewall does to probes, and what the probes say of it. */
@Tag("kernel")
class ReachIT {

    private static final Patience SHORT = new Patience(Duration.ofMillis(300), 2);

    private final Vantage stranger = Vantage.at("stranger", List.of(STRANGER, STRANGER_V6));

    private Namespaces namespaces;

    @BeforeEach
    void layTheCable() throws Exception {
        namespaces = new Namespaces();
    }

    @AfterEach
    void removeTheCable() throws Exception {
        namespaces.close();
    }

    @Test
    void should_find_tcp_open_closed_and_filtered_over_both_families() throws Exception {
        try (ServerSocket open = namespaces.inHost(() -> new ServerSocket(80))) {
            assertThat(open.isBound()).isTrue();
            namespaces.firewall("table inet f { chain i { type filter hook input priority 0; tcp dport 22 drop; }; }");

            for (InetAddress host : List.of(HOST, HOST_V6)) {
                assertThat(reach(host, Service.tcp(80)).state()).isEqualTo(PortState.OPEN);
                assertThat(reach(host, Service.tcp(81)).state()).isEqualTo(PortState.CLOSED);
                assertThat(reach(host, Service.tcp(81)).trial().tries()).isEqualTo(1);
                Reach filtered = reach(host, Service.tcp(22));
                assertThat(filtered.state()).isEqualTo(PortState.FILTERED);
                assertThat(filtered.trial().seen()).isEqualTo("no answer");
                assertThat(filtered.trial().tries()).isEqualTo(2);
                // To the clock's millisecond: a virtual machine's is set right by microseconds now and then.
                assertThat(filtered.trial().took()).isGreaterThan(Duration.ofMillis(600).minusMillis(1));
            }
        }
    }

    @Test
    void should_send_from_the_vantage_s_own_address() throws Exception {
        try (ServerSocket server = namespaces.inHost(() -> new ServerSocket(22))) {
            assertThat(server.isBound()).isTrue();
            namespaces.firewall("table inet f { chain i { type filter hook input priority 0; "
                    + "ip saddr != 198.51.100.8 tcp dport 22 drop; }; }");
            Vantage admin = Vantage.at("admin", List.of(ADMIN));

            assertThat(admin.reach(HOST, Service.tcp(22), SHORT).state()).isEqualTo(PortState.OPEN);
            assertThat(reach(HOST, Service.tcp(22)).state()).isEqualTo(PortState.FILTERED);
        }
    }

    @Test
    void should_tell_rejections_from_silence() throws Exception {
        namespaces.firewall(
                """
                table inet f {
                  chain i {
                    type filter hook input priority 0;
                    tcp dport 1 reject with icmpx admin-prohibited
                    tcp dport 2 reject with icmpx host-unreachable
                    tcp dport 3 reject with icmpx port-unreachable
                    tcp dport 4 reject with tcp reset
                    tcp dport 5 reject with icmpx no-route
                    udp dport 1 reject with icmpx admin-prohibited
                  }
                }
                """);

        for (InetAddress host : List.of(HOST, HOST_V6)) {
            // Over a veth pair, Linux reports the ICMPv6 error of a first SYN only after it has repeated it.
            for (int port : List.of(1, 2, 5)) {
                Reach rejected = stranger.reach(host, Service.tcp(port), new Patience(Duration.ofSeconds(3), 1));
                assertThat(rejected.state()).as("%s", rejected).isEqualTo(PortState.FILTERED);
                assertThat(rejected.trial().seen()).as("%s", rejected).containsAnyOf("unreachable", "prohibited");
            }
            for (int port : List.of(3, 4)) {
                Reach refused = stranger.reach(host, Service.tcp(port), new Patience(Duration.ofSeconds(3), 1));
                assertThat(refused.state()).as("%s", refused).isEqualTo(PortState.CLOSED);
            }
            Reach udp = reach(host, Service.udp(1));
            assertThat(udp.state()).as("%s", udp).isEqualTo(PortState.FILTERED);
        }
    }

    @Test
    void should_not_call_a_port_filtered_because_packets_were_lost() throws Exception {
        try (ServerSocket server = namespaces.inHost(() -> new ServerSocket(80))) {
            assertThat(server.isBound()).isTrue();
            namespaces.firewall("table inet f { chain i { type filter hook input priority 0; "
                    + "tcp dport 80 tcp flags syn quota until 100 bytes drop; }; }");

            Reach reach = reach(HOST, Service.tcp(80));

            assertThat(reach.state()).as("%s", reach).isEqualTo(PortState.OPEN);
            assertThat(reach.trial().tries()).isEqualTo(2);
        }
    }

    @Test
    void should_find_udp_answered_refused_and_silent() throws Exception {
        namespaces.firewall("table inet f { chain i { type filter hook input priority 0; udp dport 9 drop; }; }");
        try (DatagramSocket silent = namespaces.inHost(() -> new DatagramSocket(new InetSocketAddress(51_820)))) {
            assertThat(silent.isBound()).isTrue();
            for (InetAddress host : List.of(HOST, HOST_V6)) {
                assertThat(reach(host, Service.udp(9)).state()).isEqualTo(PortState.OPEN_OR_FILTERED);
                assertThat(reach(host, Service.udp(51_820)).state()).isEqualTo(PortState.OPEN_OR_FILTERED);
                Reach closed = reach(host, Service.udp(10));
                assertThat(closed.state()).as("%s", closed).isEqualTo(PortState.CLOSED);
                assertThat(closed.trial().seen()).isEqualTo("ICMP port unreachable");
            }
        }
    }

    @Test
    void should_ping_over_both_families() throws Exception {
        assertThat(reach(HOST, Service.ping()).state()).isEqualTo(PortState.OPEN);
        Reach v6 = reach(HOST_V6, Service.ping());
        assertThat(v6.state()).isEqualTo(PortState.OPEN);
        assertThat(v6.trial().seen()).startsWith("echo reply after ");

        namespaces.firewall("table inet f { chain i { type filter hook input priority 0; "
                + "icmp type echo-request drop; icmpv6 type echo-request reject with icmpx admin-prohibited; }; }");
        assertThat(reach(HOST, Service.ping()).state()).isEqualTo(PortState.FILTERED);
        Reach prohibited = reach(HOST_V6, Service.ping());
        assertThat(prohibited.state()).isEqualTo(PortState.FILTERED);
        assertThat(prohibited.trial().seen()).contains("rohibited");
    }

    @Test
    void should_say_that_nobody_is_there() throws Exception {
        InetAddress nobody = InetAddress.getByName("198.51.100.99");

        Reach reach = stranger.reach(nobody, Service.tcp(80), new Patience(Duration.ofSeconds(5), 1));

        assertThat(reach.state()).isEqualTo(PortState.FILTERED);
        assertThat(reach.trial().seen()).contains("or no host there");
    }

    @Test
    void should_refuse_a_source_address_that_this_machine_does_not_have() throws Exception {
        Vantage stray = Vantage.at("stray", List.of(InetAddress.getByName("198.51.100.66")));

        for (Service service : List.of(Service.tcp(80), Service.udp(80), Service.ping())) {
            assertThatThrownBy(() -> stray.reach(HOST, service, SHORT))
                    .as("%s", service)
                    .isInstanceOf(HarnessException.class)
                    .hasMessageContaining("rom stray (198.51.100.66) failed")
                    .hasMessageContaining("bring up the network");
        }
        assertThatThrownBy(() -> stray.http(HOST, HttpQuestion.get("http://x/"), SHORT))
                .hasMessageContaining("Probing from stray (198.51.100.66) failed");
        assertThatThrownBy(() -> stray.ssh(HOST, SshQuestion.banner(), SHORT))
                .hasMessageContaining("Probing from stray (198.51.100.66) failed");
    }

    private Reach reach(InetAddress host, Service service) {
        return stranger.reach(host, service, SHORT);
    }
}
