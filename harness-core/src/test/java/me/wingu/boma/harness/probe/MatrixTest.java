package me.wingu.boma.harness.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixTest {

    private static final String TABLE =
            """
                            ping      22/tcp    51820/udp
            stranger  IPv4  open      filtered  open|filtered
            stranger  IPv6  filtered  closed    open|filtered""";

    @Test
    void should_write_one_table() {
        assertThat(matrix().table()).isEqualTo(TABLE);
    }

    @Test
    void should_read_the_table_that_it_writes() {
        MatrixExpectation expectation = MatrixExpectation.parse("\n" + TABLE.indent(7));

        assertThat(matrix().differences(expectation)).isEmpty();
        assertThat(matrix().marked(expectation)).isEqualTo(TABLE);
    }

    @Test
    void should_list_every_difference() {
        MatrixExpectation expectation = MatrixExpectation.parse("ping 80/tcp\nstranger IPv4 open open\n");

        assertThat(matrix().differences(expectation))
                .extracting(Spot::toString)
                .containsExactly(
                        "22/tcp from stranger over IPv4",
                        "51820/udp from stranger over IPv4",
                        "ping from stranger over IPv6",
                        "22/tcp from stranger over IPv6",
                        "51820/udp from stranger over IPv6",
                        "80/tcp from stranger over IPv4");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "there is no line; '  '",
                "there is no cell; 22/tcp",
                "\"22\" names no service; '22\nstranger IPv4 open'",
                "does not have a vantage, an IP version and 2 states; '22/tcp 80/tcp\nstranger IPv4 open'",
                "\"IPv5\" is neither; '22/tcp\nstranger IPv5 open'",
                "\"opened\" is no state; '22/tcp\nstranger IPv4 opened'",
                "twice; '22/tcp\na IPv4 open\na IPv4 closed'",
            })
    void should_say_what_is_wrong_with_a_table(String reason, String table) {
        assertThatThrownBy(() -> MatrixExpectation.parse(table))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void should_tell_machines_everything() {
        assertThat(matrix().toJson())
                .startsWith(
                        """
                        {"schema":1,"cells":[{"vantage":"stranger","ipVersion":"IPv4","host":"198.51.100.20",\
                        "service":"ping","state":"open","seen":"why","from":"stranger","tries":1,"tookMs":12},""")
                .contains("\"host\":\"2001:db8::20\"", "\"state\":\"open|filtered\"");
    }

    @Test
    void should_probe_every_cell_at_once() throws Exception {
        try (ServerSocket open = new ServerSocket(0, 5, Loopback.V4)) {
            Service listening = Service.tcp(open.getLocalPort());
            Service closed = Service.tcp(Loopback.closedPort());
            Vantage admin = Vantage.at("admin", List.of(Loopback.V4));
            Outside outside =
                    new Outside(List.of(Loopback.V4), List.of(Loopback.STRANGER, admin), Loopback.PATIENCE);

            Matrix matrix = outside.matrix(listening, closed).probe();

            assertThat(matrix.cells().keySet())
                    .extracting(Spot::vantage)
                    .containsExactly("stranger", "stranger", "admin", "admin");
            assertThat(matrix.cells().values())
                    .extracting(Reach::state)
                    .containsExactly(PortState.OPEN, PortState.CLOSED, PortState.OPEN, PortState.CLOSED);
            assertThat(outside.matrix(closed).from("admin").probe().cells()).hasSize(1);
        }
    }

    @Test
    void should_refuse_what_cannot_be_probed() {
        Outside outside = new Outside(List.of(Loopback.V4), List.of(Loopback.STRANGER), Loopback.PATIENCE);

        assertThatThrownBy(outside::matrix).hasMessageContaining("no service at all");
        assertThatThrownBy(() -> outside.matrix(Service.tcp(1)).from("nobody"))
                .hasMessageContaining("There is no vantage \"nobody\"")
                .hasMessageContaining("known: [stranger]");
        assertThatThrownBy(() ->
                        outside.matrix(Service.tcp(1)).over(IpVersion.IPV6).probe())
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("The host cannot be probed over IPv6");
        assertThatThrownBy(() -> outside.matrix(Service.tcp(1)).from().probe())
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("There is nothing to probe: the matrix has no cells.")
                .hasMessageContaining("vantages: []");
        Outside other = new Outside(List.of(Namespaces.HOST_V6), List.of(Loopback.STRANGER), Loopback.PATIENCE);
        assertThatThrownBy(() ->
                        other.matrix(Service.tcp(1)).over(IpVersion.IPV6).probe())
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("The vantage stranger cannot probe 2001:db8::20: it has no IPv6 address");
    }

    private static Matrix matrix() {
        Map<Spot, Reach> cells = new LinkedHashMap<>();
        put(cells, Namespaces.HOST, Service.ping(), PortState.OPEN);
        put(cells, Namespaces.HOST, Service.tcp(22), PortState.FILTERED);
        put(cells, Namespaces.HOST, Service.udp(51_820), PortState.OPEN_OR_FILTERED);
        put(cells, Namespaces.HOST_V6, Service.ping(), PortState.FILTERED);
        put(cells, Namespaces.HOST_V6, Service.tcp(22), PortState.CLOSED);
        put(cells, Namespaces.HOST_V6, Service.udp(51_820), PortState.OPEN_OR_FILTERED);
        return new Matrix(cells);
    }

    private static void put(Map<Spot, Reach> cells, InetAddress host, Service service, PortState state) {
        Trial trial =
                new Trial("what", "stranger", Optional.empty(), Instant.EPOCH, 1, Duration.ofMillis(12), "why");
        cells.put(new Spot("stranger", IpVersion.of(host), service), new Reach(host, service, state, trial));
    }
}
