package me.wingu.boma.harness.assertions;

import static me.wingu.boma.harness.assertions.BomaAssertions.assertThat;
import static me.wingu.boma.harness.assertions.BomaAssertions.assertThatThrownBy;
import static me.wingu.boma.harness.assertions.BomaAssertions.from;
import static me.wingu.boma.harness.assertions.BomaAssertions.ping;
import static me.wingu.boma.harness.assertions.BomaAssertions.tcp;
import static me.wingu.boma.harness.assertions.BomaAssertions.udp;

import java.util.Map;
import me.wingu.boma.harness.nftables.RulesetReader;
import me.wingu.boma.harness.nftables.proof.Firewall;
import me.wingu.boma.harness.probe.IpVersion;
import me.wingu.boma.harness.probe.Matrix;
import me.wingu.boma.harness.probe.PortState;
import me.wingu.boma.harness.probe.Reach;
import me.wingu.boma.harness.probe.Service;
import me.wingu.boma.harness.probe.Spot;
import org.junit.jupiter.api.Test;

/** A firewall that drops everything but 443/tcp, as nft 1.1 writes it. */
class AgreementTest {

    private static final Firewall FIREWALL = Firewall.of(new RulesetReader()
            .read(
                    """
                    {"nftables": [
                      {"metainfo": {"version": "1.1.3", "release_name": "Commodore Bullmoose #4", "json_schema_version": 1}},
                      {"table": {"family": "inet", "name": "filter", "handle": 1}},
                      {"chain": {"family": "inet", "table": "filter", "name": "input", "handle": 1,
                                 "type": "filter", "hook": "input", "prio": 0, "policy": "drop"}},
                      {"rule": {"family": "inet", "table": "filter", "chain": "input", "handle": 2, "expr": [
                        {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 443}},
                        {"accept": null}]}}
                    ]}
                    """));

    @Test
    void should_use_one_word_for_probes_and_proofs() {
        assertThat(FIREWALL)
                .inbound(from("eth0").newConnections())
                .acceptsOnly(tcp(443), udp(3478))
                .alwaysAccepts(tcp(443).from("198.51.100.0/24"))
                .neverAccepts(tcp(22), ping());
        assertThatThrownBy(() -> assertThat(FIREWALL).inbound(from("eth0")).neverAccepts(tcp(443).through("eth0")))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void should_pass_when_proof_and_trial_agree() {
        assertThat(reach(443, PortState.OPEN)).agreesWith(FIREWALL, "eth0");
        assertThat(reach(443, PortState.CLOSED)).agreesWith(FIREWALL, "eth0");
        assertThat(reach(22, PortState.FILTERED)).agreesWith(FIREWALL, "eth0");
        assertThat(new Matrix(Map.of(
                        new Spot("stranger", IpVersion.IPV4, Service.tcp(22)), reach(22, PortState.FILTERED))))
                .agreesWith(FIREWALL, "eth0");
    }

    @Test
    void should_show_both_when_they_contradict_each_other() {
        assertThatThrownBy(() -> assertThat(reach(22, PortState.OPEN)).agreesWith(FIREWALL, "eth0"))
                .isInstanceOf(ContradictionError.class)
                .hasMessageStartingWith("Proof and trial contradict each other: 22/tcp of 198.51.100.20 is open from "
                        + "stranger (198.51.100.7), and yet it is proved:\n  proof: PROVED: of new connections from ")
                .hasMessageContaining("these are never accepted: 22/tcp")
                .hasMessageContaining("  tried: TCP connect to 198.51.100.20:22\n  from:  stranger (198.51.100.7)\n");
        assertThatThrownBy(() -> assertThat(reach(443, PortState.FILTERED)).agreesWith(FIREWALL, "eth0"))
                .isInstanceOf(ContradictionError.class)
                .hasMessageContaining("these always get through: 443/tcp");
    }

    private static Reach reach(int port, PortState state) {
        return Findings.reach(Service.tcp(port), state, "whatever");
    }
}
