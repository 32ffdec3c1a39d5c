package me.wingu.boma.harness.nftables.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import me.wingu.boma.harness.nftables.Chain;
import me.wingu.boma.harness.nftables.Family;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.NftablesException;
import me.wingu.boma.harness.nftables.Rule;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.Table;
import me.wingu.boma.harness.nftables.evaluation.Answer;
import me.wingu.boma.harness.nftables.evaluation.Evaluation;
import me.wingu.boma.harness.nftables.evaluation.Evaluator;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import org.junit.jupiter.api.Test;

class CollectorTest {

    private static final String CHAIN = """
            {"table": {"family": "ip", "name": "filter", "handle": 1}},
            {"chain": {"family": "ip", "table": "filter", "name": "INPUT", "handle": 1}}""";

    private static String output(String plain, String translated, String legacy) {
        return """
                === ruleset
                {"nftables": [%s]}
                === translated
                {"nftables": [%s]}
                === legacy-tables
                %s
                === addresses
                [{"ifindex": 2, "ifname": "eth0", "link_type": "ether", "addr_info": [
                  {"family": "inet", "local": "192.0.2.1", "prefixlen": 24}]}]
                === routes4
                [{"dst": "default", "gateway": "192.0.2.254", "dev": "eth0", "metric": 100},
                 {"type": "local", "dst": "192.0.2.1", "dev": "eth0", "table": "local"}]
                === routes6
                === rules4
                [{"priority": 0, "src": "all", "table": "local"}]
                === rules6
                === sysctls
                net.ipv4.ip_forward=1
                === end
                """.formatted(listed(plain), listed(translated), legacy);
    }

    private static String listed(String rule) {
        return CHAIN + (rule.isEmpty() ? "" : "," + rule);
    }

    private static String rule(int handle, String statement, String comment) {
        return """
                {"rule": {"family": "ip", "table": "filter", "chain": "INPUT", "handle": %d, %s "expr": [%s]}}"""
                .formatted(handle, comment, statement);
    }

    @Test
    void should_take_translated_rules_with_the_handles_of_the_host() {
        String xt = "{\"xt\": {\"type\": \"match\", \"name\": \"addrtype\"}}";
        String nft = "{\"match\": {\"op\": \"==\", \"left\": {\"meta\": {\"key\": \"mark\"}}, \"right\": 1}}";

        CollectedFirewall firewall = new Collector().read(output(rule(9, xt, ""), rule(4, nft, ""), ""));

        Rule rule = firewall.ruleset().rules().findFirst().orElseThrow();
        assertThat(rule.handle()).isEqualTo(9);
        assertThat(rule.text()).isEqualTo("meta mark 1");
        assertThat(firewall.warnings()).isEmpty();
    }

    @Test
    void should_keep_what_cannot_be_translated_and_say_so() {
        String xt = "{\"xt\": {\"type\": \"match\", \"name\": \"recent\"}}";
        String placeholder = rule(4, "{\"counter\": null}", "\"comment\": \"untranslated\",");

        CollectedFirewall firewall = new Collector().read(output(rule(9, xt, ""), placeholder, ""));

        assertThat(firewall.ruleset().rules().findFirst().orElseThrow().text()).isEqualTo("xt match recent");
        assertThat(firewall.warnings()).singleElement().asString().startsWith("1 rules of iptables");
    }

    /** The translated listing comes from nft as JSON alone: 1.0.6 leaves out devices, and prints names for flags. */
    @Test
    void should_take_flags_and_devices_from_the_host_when_rules_are_translated() {
        String others = """
                {"table": {"family": "inet", "name": "off", "handle": 2, "flags": "off"}},
                {"table": {"family": "netdev", "name": "f", "handle": 3}},
                {"chain": {"family": "netdev", "table": "f", "name": "ing", "handle": 1, "type": "filter",
                  "hook": "ingress", "prio": 0, "policy": "drop"}},
                """;
        String text = """
                === text
                table inet off {
                	flags dormant
                }
                table netdev f {
                	chain ing {
                		type filter hook ingress device "lan0" priority filter; policy drop;
                	}
                }
                === translated""";
        String xt = "{\"xt\": {\"type\": \"match\", \"name\": \"addrtype\"}}";
        String collected = output(rule(9, xt, ""), rule(4, "{\"accept\": null}", ""), "")
                .replace("{\"table\": {\"family\": \"ip\"", others + "{\"table\": {\"family\": \"ip\"")
                .replace("=== translated", text);

        Ruleset ruleset = new Collector().read(collected).ruleset();

        assertThat(ruleset.rules()).singleElement().satisfies(each -> assertThat(each.text()).isEqualTo("accept"));
        assertThat(ruleset.table(Family.INET, "off").orElseThrow().dormant()).isTrue();
        assertThat(ruleset.table(Family.NETDEV, "f").orElseThrow().chain("ing").orElseThrow().base())
                .hasValueSatisfying(base -> assertThat(base.devices()).containsExactly("lan0"));
    }

    @Test
    void should_read_the_network() {
        CollectedFirewall firewall = new Collector().read(output(rule(1, "{\"accept\": null}", ""), "", ""));

        assertThat(firewall.network().link("eth0")).hasValueSatisfying(
                link -> assertThat(link.addresses().get(0).subnet()).hasToString("192.0.2.0/24"));
        assertThat(firewall.network().routes()).hasSize(2);
        assertThat(firewall.network().enabled("net.ipv4.ip_forward")).isTrue();
    }

    @Test
    void should_tell_no_routes_from_routes_that_nobody_listed() {
        String collected = output(rule(1, "{\"accept\": null}", ""), "", "");

        assertThat(new Collector().read(collected).network().known(true)).isFalse();
        assertThat(new Collector().read(collected.replace("=== routes6\n", "=== routes6\n[ ]\n")).network().known(true))
                .isTrue();
    }

    @Test
    void should_take_tables_that_nft_does_not_see_for_unknowns() {
        String saved = """
                ip filter
                === legacy-rules
                =ip
                *filter
                :INPUT DROP [0:0]
                :FORWARD ACCEPT [0:0]
                :OUTPUT ACCEPT [0:0]
                :mine - [0:0]
                -A OUTPUT -p tcp -j mine
                COMMIT""";

        CollectedFirewall firewall = new Collector().read(output("", "", saved));

        assertThat(firewall.warnings()).containsExactly("The host has rules of the old iptables, which nft does not list: "
                + "ip filter (iptables-legacy). Whatever passes them is unknown.");
        assertThat(firewall.ruleset().tables().get(1).chains()).extracting(Chain::name)
                .containsExactlyInAnyOrder("input", "output");
        Packet ssh = Packet.tcp(IpAddress.of("198.51.100.7"), IpAddress.of("192.0.2.1"), 22).withInput("eth0");
        Evaluation evaluation = new Evaluator(firewall.ruleset(), firewall.network()).evaluate(ssh);
        assertThat(evaluation.verdict()).isEqualTo(Answer.UNKNOWN);
        assertThat(evaluation.explain()).contains("filter (iptables-legacy)");
    }

    @Test
    void should_take_every_chain_for_unknown_of_a_table_whose_rules_nobody_lists() {
        CollectedFirewall firewall = new Collector().read(output("", "", "ip6 nat\nip6 mangle"));

        assertThat(firewall.ruleset().tables()).extracting(Table::name)
                .containsExactly("filter", "nat (iptables-legacy)", "mangle (iptables-legacy)");
        assertThat(firewall.ruleset().tables().get(1).chains()).hasSize(4);
    }

    @Test
    void should_leave_out_legacy_tables_that_let_everything_pass() {
        String saved = """
                ip filter
                === legacy-rules
                =ip
                *filter
                :INPUT ACCEPT [9:612]
                :FORWARD ACCEPT [0:0]
                :OUTPUT ACCEPT [0:0]
                COMMIT
                =ip6""";

        CollectedFirewall firewall = new Collector().read(output("", "", saved));

        assertThat(firewall.ruleset().tables()).hasSize(1);
        assertThat(firewall.warnings()).isEmpty();
    }

    @Test
    void should_refuse_an_output_that_ends_early() {
        assertThatExceptionOfType(NftablesException.class)
                .isThrownBy(() -> new Collector().read("=== ruleset\n"))
                .withMessageContaining("incomplete");
    }
}
