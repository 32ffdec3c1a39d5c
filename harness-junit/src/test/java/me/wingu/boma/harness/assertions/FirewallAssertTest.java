package me.wingu.boma.harness.assertions;

import static me.wingu.boma.harness.assertions.BomaAssertions.assertThat;
import static me.wingu.boma.harness.nftables.proof.Arrivals.from;
import static me.wingu.boma.harness.nftables.proof.Traffic.tcp;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.RulesetReader;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import me.wingu.boma.harness.nftables.proof.Firewall;
import me.wingu.boma.harness.nftables.proof.Traffic;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FirewallAssertTest {

    private static final String JSON =
            """
            {"nftables": [
            {"table": {"family": "inet", "name": "filter", "handle": 1}},
            {"set": {"family": "inet", "name": "admin", "table": "filter", "type": "ipv4_addr", "handle": 9,
              "elem": ["198.51.100.10"]}},
            {"chain": {"family": "inet", "table": "filter", "name": "input", "handle": 1, "type": "filter",
              "hook": "input", "prio": 0, "policy": "drop"}},
            {"rule": {"family": "inet", "table": "filter", "chain": "input", "handle": 2, "expr": [
              {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 443}},
              {"accept": null}]}},
            {"rule": {"family": "inet", "table": "filter", "chain": "input", "handle": 3, "expr": [
              {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 113}},
              {"reject": {"type": "tcp reset"}}]}}
            ]}
            """;
    private static final IpAddress CLIENT = IpAddress.of("203.0.113.77");
    private static final IpAddress SERVER = IpAddress.of("192.0.2.1");

    private final Firewall firewall = Firewall.of(new RulesetReader().read(JSON));

    @Test
    void should_pass_for_what_happens_to_single_packets() {
        assertThat(firewall).accepts(to(443)).drops(to(22)).rejects(to(113));
    }

    @Test
    void should_fail_with_the_packet_the_verdict_and_what_decided() {
        assertThatThrownBy(() -> assertThat(firewall).accepts(to(22)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(
                        "Expecting actual:\n  the firewall with the tables inet filter\nto accept:\n  tcp 203.0.113.77:40000",
                        "but the verdict is drop:",
                        "decided by: inet filter input: policy drop");
        fails(() -> assertThat(firewall).drops(to(443)), "but the verdict is accept:", "tcp dport 443 accept");
        fails(() -> assertThat(firewall).rejects(to(443)), "to reject:");
    }

    @Test
    void should_pass_for_what_is_proved() {
        assertThat(firewall)
                .inbound(from("eth0").newConnections())
                .acceptsOnly(tcp(443))
                .alwaysAccepts(tcp(443))
                .neverAccepts(tcp(22));
    }

    @Test
    void should_fail_with_a_packet_that_refutes_and_with_what_is_needed() {
        fails(
                () -> assertThat(firewall).inbound(from("eth0").newConnections()).acceptsOnly(tcp(80)),
                "to accept only, of new connections from eth0:\n  80/tcp",
                "but this packet shows that it does not:",
                "tcp 203.0.113.77:50000 -> 192.0.2.1:443 in eth0 new: ACCEPT",
                "decided by: inet filter input handle 2: tcp dport 443 accept",
                "needed: a rule that drops this packet earlier");
        fails(() -> assertThat(firewall).inbound(from("eth0")).alwaysAccepts(tcp(22)), "policy drop", "needed: a rule");
        fails(() -> assertThat(firewall).inbound(from("eth0")).neverAccepts(tcp(443)), "never accept, of new connections from eth0:\n  443/tcp");
        fails(() -> assertThat(firewall).inbound(from("eth0")).alwaysReaches(tcp(443), "172.18.0.2", 443), "needed:");
    }

    @Test
    void should_refuse_an_empty_expectation() {
        assertThatThrownBy(() -> assertThat(firewall).inbound(from("eth0")).acceptsOnly(new Traffic[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> assertThat(firewall).set("inet filter admin").contains())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void should_pass_and_fail_for_chains() {
        assertThat(firewall)
                .chain("inet filter input")
                .hasPolicy("drop")
                .isOnHook("input")
                .hasPriority(0)
                .hasRules("tcp dport 443 accept");

        fails(() -> assertThat(firewall).chain("inet filter inptu"), "its chains are:\n  inet filter input");
        fails(() -> assertThat(firewall).chain("inet filter input").hasPolicy("accept"), "but its policy is drop");
        fails(() -> assertThat(firewall).chain("inet filter input").hasPriority(10), "but its priority is 0");
        fails(() -> assertThat(firewall).chain("inet filter input").hasRules("tcp dport 22 accept"), "in its place");
        fails(() -> assertThat(firewall).chain("inet filter input").hasNoRules(), "but it has 2");
    }

    @Test
    void should_pass_and_fail_for_tables_hooks_and_sets() {
        assertThat(firewall).table("inet filter").hasChains("input").hasSets("admin").isActive();
        assertThat(firewall).hook("input").hasOnlyChains("inet filter input").dropsByDefault();
        assertThat(firewall).set("inet filter admin").contains("198.51.100.10").containsOnly("198.51.100.10");

        fails(() -> assertThat(firewall).table("inet nat"), "its tables are:\n  inet filter");
        fails(() -> assertThat(firewall).hook("forward").dropsByDefault(), "but no base chain hangs on it");
        fails(() -> assertThat(firewall).set("inet filter admin").contains("192.0.2.1"), "but it lacks [192.0.2.1]");
        fails(() -> assertThat(firewall).set("inet filter admin").isEmpty(), "but it has [198.51.100.10]");
    }

    @Test
    void should_compare_firewalls_and_find_dead_rules() {
        Firewall other = Firewall.of(new RulesetReader().read(JSON.replace("443", "444")));
        Firewall shadowed = Firewall.of(new RulesetReader().read(JSON.replace("113", "443")));

        assertThat(firewall).acceptsTheSameAs(firewall).hasNoDeadRules();
        fails(() -> assertThat(firewall).acceptsTheSameAs(other), "while the other one says:");
        fails(() -> assertThat(shadowed).hasNoDeadRules(), "but no packet can ever match:\n  inet filter input handle 3");
    }

    private static Packet to(int port) {
        return Packet.tcp(CLIENT, SERVER, port).withInput("eth0");
    }

    private static void fails(ThrowingCallable assertion, String... parts) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContainingAll(parts);
    }
}
