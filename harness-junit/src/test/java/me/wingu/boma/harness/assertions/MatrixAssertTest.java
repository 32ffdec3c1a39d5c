package me.wingu.boma.harness.assertions;

import static me.wingu.boma.harness.assertions.BomaAssertions.assertThat;
import static me.wingu.boma.harness.assertions.BomaAssertions.assertThatThrownBy;
import static me.wingu.boma.harness.assertions.BomaAssertions.tcp;
import static me.wingu.boma.harness.assertions.BomaAssertions.udp;

import java.util.LinkedHashMap;
import java.util.Map;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.probe.IpVersion;
import me.wingu.boma.harness.probe.Matrix;
import me.wingu.boma.harness.probe.PortState;
import me.wingu.boma.harness.probe.Reach;
import me.wingu.boma.harness.probe.Service;
import me.wingu.boma.harness.probe.Spot;
import org.junit.jupiter.api.Test;

class MatrixAssertTest {

    private final Matrix matrix = matrix();

    @Test
    void should_pass_when_every_cell_is_as_written() {
        assertThat(matrix)
                .isExactly(
                        """
                                        22/tcp    443/tcp
                        stranger IPv4   filtered  open
                        admin    IPv4   open      open
                        """)
                .opensExactly("stranger", tcp(443))
                .opensExactly("admin", tcp(22), tcp(443));
    }

    @Test
    void should_mark_the_cells_that_differ() {
        assertThatThrownBy(() -> assertThat(matrix)
                        .isExactly(
                                """
                                                22/tcp  80/tcp
                                stranger IPv4   open    open
                                admin    IPv4   open    filtered
                                """))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        """
                        Expecting the matrix to be as written but 5 cells differ (marked *):
                                          22/tcp                443/tcp            80/tcp
                          stranger  IPv4  *filtered (not open)  *open (not named)  *not probed
                          admin     IPv4  open                  *open (not named)  *not probed
                          22/tcp of 198.51.100.20 from stranger (198.51.100.7): filtered (seen it, 7004 ms)
                          443/tcp of 198.51.100.20 from stranger (198.51.100.7): open (seen it, 7004 ms)
                          443/tcp of 198.51.100.20 from stranger (198.51.100.7): open (seen it, 7004 ms)""");
    }

    @Test
    void should_name_what_is_open_beyond_the_list() {
        assertThatThrownBy(() -> assertThat(matrix).opensExactly("admin", tcp(443)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Expecting exactly [443/tcp] to be open from admin but 1 cell differs:\n")
                .hasMessageEndingWith("22/tcp of 198.51.100.20 from stranger (198.51.100.7): open (seen it, 7004 ms)");
        assertThatThrownBy(() -> assertThat(matrix).opensExactly("admin")).isInstanceOf(AssertionError.class);
    }

    @Test
    void should_refuse_to_judge_what_was_not_probed() {
        assertThatThrownBy(() -> assertThat(matrix).opensExactly("mesh", tcp(22)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> assertThat(matrix).opensExactly("admin", tcp(80)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> assertThat(matrix).isExactly("22/tcp")).isInstanceOf(HarnessException.class);
    }

    @Test
    void should_refuse_to_take_silence_for_closed() {
        Matrix silent = new Matrix(Map.of(
                new Spot("stranger", IpVersion.IPV4, Service.udp(51820)),
                Findings.reach(Service.udp(51820), PortState.OPEN_OR_FILTERED, "no answer"),
                new Spot("stranger", IpVersion.IPV4, Service.udp(53)),
                Findings.reach(Service.udp(53), PortState.OPEN_OR_FILTERED, "no answer")));

        assertThatThrownBy(() -> assertThat(silent).opensExactly("stranger"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("51820/udp was silent, which tells nothing: prove it, with assertThat(vm.nftables())");
        assertThatThrownBy(() -> assertThat(silent).opensExactly("stranger", udp(51820)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expecting exactly [51820/udp] to be open from stranger but 1 cell differs");
    }

    private static Matrix matrix() {
        Map<Spot, Reach> cells = new LinkedHashMap<>();
        put(cells, "stranger", 22, PortState.FILTERED);
        put(cells, "stranger", 443, PortState.OPEN);
        put(cells, "admin", 22, PortState.OPEN);
        put(cells, "admin", 443, PortState.OPEN);
        return new Matrix(cells);
    }

    private static void put(Map<Spot, Reach> cells, String vantage, int port, PortState state) {
        cells.put(
                new Spot(vantage, IpVersion.IPV4, Service.tcp(port)),
                Findings.reach(Service.tcp(port), state, "seen it"));
    }
}
