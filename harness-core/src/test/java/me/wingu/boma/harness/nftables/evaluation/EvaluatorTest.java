package me.wingu.boma.harness.nftables.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.RulesetReader;
import me.wingu.boma.harness.nftables.semantics.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTest {

    private static final IpAddress HOST = IpAddress.of("192.0.2.1");
    private static final IpAddress CLIENT = IpAddress.of("203.0.113.99");

    private final Evaluator host = new Evaluator(ruleset("host.json"));

    static Ruleset ruleset(String name) {
        try (InputStream in = EvaluatorTest.class.getResourceAsStream("/nftables/" + name)) {
            return new RulesetReader().read(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Packet from(String interfaceName, String client, int port) {
        return Packet.tcp(IpAddress.of(client), HOST, port).withInput(interfaceName);
    }

    @ParameterizedTest
    @CsvSource({
        "eth0, 203.0.113.99, 22, REJECT",
        "wt0, 203.0.113.99, 22, ACCEPT",
        "eth0, 203.0.113.7, 22, ACCEPT",
        "eth0, 198.51.100.127, 22, ACCEPT",
        "eth0, 198.51.100.128, 22, REJECT",
        "eth0, 203.0.113.99, 80, ACCEPT",
        "wt0, 203.0.113.99, 8005, ACCEPT",
        "wan, 203.0.113.99, 8005, DROP",
        "wan, 203.0.113.99, 8011, REJECT",
        "lo, 127.0.0.1, 9999, ACCEPT",
    })
    void should_follow_sets_jumps_and_wildcards(String in, String client, int port, Answer expected) {
        assertThat(host.evaluate(from(in, client, port)).verdict()).isEqualTo(expected);
        assertThat(host.verdict(from(in, client, port))).isEqualTo(expected);
    }

    @Test
    void should_translate_before_routing_and_forward_to_the_new_address() {
        Evaluation evaluation = host.evaluate(from("eth0", "203.0.113.99", 443));

        assertThat(evaluation.verdict()).isEqualTo(Answer.ACCEPT);
        assertThat(evaluation.outcome().forwarded()).isTrue();
        assertThat(evaluation.outcome().last().destination()).hasToString("172.17.0.2");
        assertThat(evaluation.outcome().last().get(Field.DPORT)).isEqualTo(8443);
    }

    @Test
    void should_redirect_to_this_host() {
        Evaluation evaluation = host.evaluate(from("eth0", "203.0.113.99", 81));

        assertThat(evaluation.verdict()).isEqualTo(Answer.ACCEPT);
        assertThat(evaluation.outcome().delivered()).isTrue();
    }

    @Test
    void should_not_translate_packets_of_known_connections() {
        Evaluation evaluation = host.evaluate(from("eth0", "203.0.113.99", 443).with(Field.CT_STATE, 2));

        assertThat(evaluation.outcome().forwarded()).isFalse();
    }

    @Test
    void should_say_unknown_and_name_the_rule_when_a_limit_decides() {
        Evaluation evaluation =
                host.evaluate(Packet.icmp(CLIENT, HOST, 8, 0).withInput("eth0"));

        assertThat(evaluation.verdict()).isEqualTo(Answer.UNKNOWN);
        assertThat(evaluation.unknowns())
                .singleElement()
                .satisfies(unknown -> assertThat(unknown.reason()).startsWith("limit"));
    }

    @Test
    void should_treat_ipv6_by_the_same_rules() {
        Packet dns = Packet.tcp(IpAddress.of("fd00::5"), IpAddress.of("fd00::1"), 53).withInput("eth0");

        assertThat(host.verdict(dns)).isEqualTo(Answer.ACCEPT);
        assertThat(host.verdict(dns.withSource(IpAddress.of("fe80::5")))).isEqualTo(Answer.REJECT);
    }

    @Test
    void should_explain_which_rule_decided_and_why_the_earlier_ones_did_not() {
        String text = host.evaluate(from("eth0", "203.0.113.99", 22)).explain();

        assertThat(text)
                .contains("tcp 203.0.113.99:40000 -> 192.0.2.1:22 in eth0 new: REJECT")
                .contains("way: ingress -> prerouting -> input")
                .contains("decided by: inet filter input handle")
                .contains("iifname wt0 tcp dport 22 accept — the input interface is \"eth0\"")
                .contains("ip saddr @admins tcp dport 22 accept — the source is 203.0.113.99")
                .contains("tcp dport { 80, 443 } accept — the destination port is 22");
    }
}
