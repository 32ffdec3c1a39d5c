package me.wingu.boma.harness.nftables.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import me.wingu.boma.harness.nftables.NftablesException;
import org.junit.jupiter.api.Test;

class TraceLineTest {

    @Test
    void should_read_the_handle_and_the_verdict_of_a_rule() {
        assertThat(TraceLine.parse("trace id a1 inet t c rule tcp dport 22 accept comment \"# handle 9 (x)\" # handle 5 (verdict accept)"))
                .contains(new TraceLine("a1", "inet t c", TraceLine.Kind.RULE, 5, "accept"));
    }

    @Test
    void should_read_rules_that_the_monitor_does_not_know() {
        assertThat(TraceLine.parse("trace id a1 inet t c unknown rule handle 2 (verdict continue)"))
                .contains(new TraceLine("a1", "inet t c", TraceLine.Kind.RULE, 2, "continue"));
    }

    @Test
    void should_read_policies_with_and_without_a_mark() {
        assertThat(TraceLine.parse("trace id a1 ip nat pre policy accept meta mark 0x000000d4 "))
                .contains(new TraceLine("a1", "ip nat pre", TraceLine.Kind.POLICY, 0, "accept"));
    }

    @Test
    void should_refuse_a_line_that_it_cannot_read() {
        assertThatExceptionOfType(NftablesException.class)
                .isThrownBy(() -> TraceLine.parse("trace id a1 inet t c rule without an end"))
                .withMessageContaining("cannot be read");
        assertThatExceptionOfType(NftablesException.class).isThrownBy(() -> TraceLine.parse("netlink: overrun"));
    }

    @Test
    void should_overlook_blank_lines_only() {
        assertThat(TraceLine.parse("  ")).isEmpty();
    }
}
