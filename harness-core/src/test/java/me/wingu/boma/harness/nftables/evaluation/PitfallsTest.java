package me.wingu.boma.harness.nftables.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.IpPrefix;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.RulesetReader;
import me.wingu.boma.harness.nftables.semantics.Field;
import org.junit.jupiter.api.Test;

/** Where a reader of rules goes wrong: each fact was measured on a kernel. */
class PitfallsTest {

    private static final Packet SSH =
            Packet.tcp(IpAddress.of("203.0.113.9"), IpAddress.of("192.0.2.1"), 22).withInput("eth0");
    private static final Packet DNS =
            Packet.udp(IpAddress.of("2001:db8::9"), IpAddress.of("2001:db8::1"), 53).withInput("eth0");

    /** Returns whether a rule with this comparison matches the packet. */
    private static boolean matches(String match, Packet packet) {
        return new Evaluator(dropping("input", match)).evaluate(packet, Hook.INPUT).verdict() == Answer.DROP;
    }

    /** Returns a ruleset that accepts, at one hook, all but what matches. */
    private static Ruleset dropping(String hook, String match) {
        return dropping("inet", hook, match);
    }

    private static Ruleset dropping(String family, String hook, String match) {
        return new RulesetReader().read("""
                {"nftables": [{"table": {"family": "%1$s", "name": "t"}},
                  {"chain": {"family": "%1$s", "table": "t", "name": "c", "type": "filter", "hook": "%2$s",
                    "prio": 0, "policy": "accept"}},
                  {"rule": {"family": "%1$s", "table": "t", "chain": "c", "handle": 1, "expr": [%3$s, {"drop": null}]}}]}"""
                .formatted(family, hook, match));
    }

    private static String match(String operator, String left, String right) {
        return "{\"match\": {\"op\": \"%s\", \"left\": %s, \"right\": %s}}".formatted(operator, left, right);
    }

    private static String payload(String protocol, String field) {
        return "{\"payload\": {\"protocol\": \"%s\", \"field\": \"%s\"}}".formatted(protocol, field);
    }

    @Test
    void should_not_take_a_set_as_listed_that_the_packet_itself_has_changed() {
        String update = "{\"set\": {\"op\": \"%s\", \"elem\": " + payload("ip", "saddr") + ", \"set\": \"@deny\"}}";
        String denied = match("==", payload("ip", "saddr"), "\"@deny\"");
        String ssh = match("==", payload("tcp", "dport"), "22");
        Packet web = SSH.with(Field.DPORT, 80);

        for (String operation : List.of("add", "update", "delete")) {
            String change = update.formatted(operation);
            Evaluator twoRules = filling(List.of(ssh + ", " + change, denied + ", {\"drop\": null}"));
            Evaluator oneRule = filling(List.of(ssh + ", " + change + ", " + denied + ", {\"drop\": null}"));
            Evaluator checkedFirst = filling(List.of(denied + ", {\"drop\": null}", ssh + ", " + change));

            assertThat(twoRules.verdict(SSH)).isEqualTo(Answer.UNKNOWN);
            assertThat(oneRule.verdict(SSH)).isEqualTo(Answer.UNKNOWN);
            assertThat(checkedFirst.verdict(SSH)).isEqualTo(Answer.ACCEPT);
            assertThat(twoRules.verdict(web)).isEqualTo(Answer.ACCEPT);
            assertThat(twoRules.evaluate(SSH).unknowns()).singleElement().satisfies(unknown ->
                    assertThat(unknown.reason()).isEqualTo("the set @deny, which this packet itself has changed"));
        }
    }

    private static Evaluator filling(List<String> rules) {
        StringBuilder all = new StringBuilder();
        rules.forEach(rule -> all.append("""
                , {"rule": {"family": "inet", "table": "t", "chain": "c", "handle": 1, "expr": [%s]}}""".formatted(rule)));
        return new Evaluator(new RulesetReader().read("""
                {"nftables": [{"table": {"family": "inet", "name": "t"}},
                  {"set": {"family": "inet", "table": "t", "name": "deny", "type": "ipv4_addr", "flags": ["dynamic"]}},
                  {"chain": {"family": "inet", "table": "t", "name": "c", "type": "filter", "hook": "input",
                    "prio": 0, "policy": "accept"}}%s]}""".formatted(all)));
    }

    @Test
    void should_let_a_port_match_imply_its_protocol() {
        assertThat(matches(match("==", payload("tcp", "dport"), "22"), SSH)).isTrue();
        assertThat(matches(match("!=", payload("udp", "dport"), "53"), SSH)).isFalse();
        assertThat(matches(match("==", payload("th", "dport"), "53"), DNS)).isTrue();
    }

    @Test
    void should_let_an_address_match_imply_its_ip_version() {
        assertThat(matches(match("!=", payload("ip", "saddr"), "\"10.0.0.1\""), SSH)).isTrue();
        assertThat(matches(match("!=", payload("ip", "saddr"), "\"10.0.0.1\""), DNS)).isFalse();
    }

    @Test
    void should_match_no_kind_of_a_device_that_has_none() {
        String wireguard = "\"wireguard\"";
        String kind = "{\"meta\": {\"key\": \"iifkind\"}}";
        Packet tagged = SSH.with(Field.IIF_KIND, InterfaceNames.number("vlan"));

        assertThat(matches(match("==", kind, wireguard), SSH)).isFalse();
        assertThat(matches(match("!=", kind, wireguard), SSH)).isFalse();
        assertThat(matches(match("!=", kind, wireguard), tagged)).isTrue();
        assertThat(PacketText.value(tagged, Field.IIF_KIND)).isEqualTo("\"vlan\"");
    }

    @Test
    void should_not_tell_which_extension_headers_follow_the_first() {
        String hopByHop = "{\"exthdr\": {\"name\": \"hbh\"}}";
        Packet options = DNS.with(Field.IP6_FIRST_EXTENSION, 60);

        assertThat(matches(match("==", hopByHop, "false"), DNS)).isTrue();
        assertThat(matches(match("==", hopByHop, "true"), DNS.with(Field.IP6_FIRST_EXTENSION, 0))).isTrue();
        assertThat(matches(match("==", hopByHop, "false"), SSH)).isFalse();
        assertThat(new Evaluator(dropping("input", match("==", hopByHop, "false"))).evaluate(options, Hook.INPUT).verdict())
                .isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void should_find_no_port_in_a_later_fragment() {
        Packet fragment = SSH.with(Field.LATER_FRAGMENT, 1);

        assertThat(matches(match("==", payload("tcp", "dport"), "22"), fragment)).isFalse();
    }

    @Test
    void should_take_in_for_a_bit_test_and_a_set_for_exact_values() {
        Packet answer = SSH.with(Field.TCP_FLAGS, 2 | 16);

        assertThat(matches(match("in", payload("tcp", "flags"), "[\"syn\", \"ack\"]"), answer)).isTrue();
        assertThat(matches(match("==", payload("tcp", "flags"), "{\"set\": [\"syn\", \"ack\"]}"), answer)).isFalse();
        assertThat(matches(match("!", payload("tcp", "flags"), "[\"rst\", \"fin\"]"), answer)).isTrue();
    }

    @Test
    void should_take_an_unequal_state_list_for_true_of_every_single_state() {
        String states = match("!=", "{\"ct\": {\"key\": \"state\"}}", "{\"|\": [\"established\", \"related\"]}");

        assertThat(matches(states, SSH)).isTrue();
        assertThat(matches(states, SSH.with(Field.CT_STATE, 2))).isTrue();
    }

    @Test
    void should_match_translated_connections_by_an_unequal_status() {
        String status = match("!=", "{\"ct\": {\"key\": \"status\"}}", "\"dnat\"");

        assertThat(matches(status, SSH.with(Field.CT_STATUS, 32 | 256))).isTrue();
    }

    @Test
    void should_take_a_final_asterisk_for_any_ending_unless_it_is_escaped() {
        String name = "{\"meta\": {\"key\": \"iifname\"}}";

        assertThat(matches(match("==", name, "\"eth*\""), SSH)).isTrue();
        assertThat(matches(match("==", name, "\"eth\\\\*\""), SSH)).isFalse();
        assertThat(matches(match("==", name, "\"eth\\\\*\""), SSH.withInput("eth*"))).isTrue();
    }

    @Test
    void should_compare_concatenations_part_by_part() {
        String key = "{\"concat\": [" + payload("ip", "saddr") + ", " + payload("tcp", "dport") + "]}";
        String set = "{\"set\": [{\"concat\": [{\"prefix\": {\"addr\": \"203.0.113.0\", \"len\": 24}}, {\"range\": [20, 25]}]}]}";

        assertThat(matches(match("==", key, set), SSH)).isTrue();
        assertThat(matches(match("==", key, set), SSH.with(Field.DPORT, 26))).isFalse();
        assertThat(matches(match("!=", key, set), SSH.with(Field.DPORT, 26))).isTrue();
    }

    @Test
    void should_report_when_the_order_of_equal_priorities_decides() {
        String ruleset = """
                {"nftables": [{"table": {"family": "inet", "name": "t"}},
                  {"chain": {"family": "inet", "table": "t", "name": "first", "type": "filter", "hook": "input",
                    "prio": 0, "policy": "accept"}},
                  {"chain": {"family": "inet", "table": "t", "name": "second", "type": "filter", "hook": "input",
                    "prio": 0, "policy": "accept"}},
                  {"rule": {"family": "inet", "table": "t", "chain": "first", "handle": 1, "expr": [
                    {"mangle": {"key": {"meta": {"key": "mark"}}, "value": 1}}]}},
                  {"rule": {"family": "inet", "table": "t", "chain": "second", "handle": 2, "expr": [
                    {"match": {"op": "==", "left": {"meta": {"key": "mark"}}, "right": 1}}, {"drop": null}]}}]}""";

        Evaluation evaluation = new Evaluator(new RulesetReader().read(ruleset)).evaluate(SSH);

        assertThat(evaluation.verdict()).isEqualTo(Answer.DROP);
        assertThat(evaluation.otherOrder()).hasValueSatisfying(
                other -> assertThat(other.verdict()).isEqualTo(Answer.ACCEPT));
        assertThat(evaluation.accepted()).isFalse();
    }

    /** What sets held on a kernel with these routes that rules had filled with the destinations of each type. */
    @Test
    void should_find_the_type_of_an_address_by_all_routes() {
        List<HostNetwork.Route> routes = List.of(
                route("2001:db8:1::/64", "unicast", "main"), route("2001:db8:2::2/127", "unicast", "main"),
                route("2001:db8:10::/48", "unicast", "main"), route("2001:db8:11::/48", "blackhole", "main"),
                route("2001:db8:12::/48", "unreachable", "main"), route("2001:db8:13::/48", "prohibit", "main"),
                route("2001:db8:1::2", "local", "local"), route("2001:db8:1::", "anycast", "local"),
                route("ff00::/8", "multicast", "local"));
        HostNetwork host = new HostNetwork(List.of(), routes, List.of(), Map.of());
        HostNetwork gateway = new HostNetwork(
                List.of(), Stream.concat(routes.stream(), Stream.of(route("::/0", "unicast", "main"))).toList(), List.of(), Map.of());
        HostNetwork mesh = new HostNetwork(
                List.of(), routes,
                List.of(
                        new HostNetwork.RoutingRule(0, true, Optional.empty(), "local", ""),
                        new HostNetwork.RoutingRule(9, true, Optional.empty(), "52", "{\"fwmark\": \"0x1\"}")),
                Map.of());

        assertThat(types(host, "2001:db8:1::5")).containsExactly("unicast");
        assertThat(types(host, "2001:db8:1::2")).containsExactly("local");
        assertThat(types(host, "2001:db8:1::")).containsExactly("anycast");
        assertThat(types(host, "2001:db8:2::3")).containsExactly("unicast");
        assertThat(types(host, "2001:db8:2::2")).containsExactly("unicast");
        assertThat(types(host, "2001:db8:11::")).containsExactly("blackhole");
        assertThat(types(host, "2001:db8:12::1")).containsExactly("unreachable");
        assertThat(types(host, "2001:db8:13::1")).containsExactly("prohibit");
        assertThat(types(host, "2001:db8:99::1")).containsExactly("unreachable");
        assertThat(types(host, "::ffff:192.0.2.1")).containsExactly("unreachable");
        assertThat(types(host, "ff02::99")).containsExactly("multicast");
        assertThat(types(gateway, "2001:db8:99::1")).containsExactly("unicast");
        assertThat(types(gateway, "::ffff:192.0.2.1")).containsExactly("unspec");
        assertThat(types(host, "2001:db8:10::")).as("whether a router is between is not known").containsExactly("unicast?", "anycast?");
        assertThat(types(mesh, "2001:db8:1::2")).contains("local").doesNotContain("local?", "multicast?");
        assertThat(types(mesh, "2001:db8:1::5")).contains("unicast?", "unreachable?").doesNotContain("local?", "multicast?");
    }

    /** Returns the types that an address is of, with a question mark where that is unknown. */
    private static List<String> types(HostNetwork network, String address) {
        Packet packet = DNS.withDestination(IpAddress.of(address));
        List<String> found = new ArrayList<>();
        for (String type : List.of(
                "unspec", "unicast", "local", "broadcast", "anycast", "multicast", "blackhole", "unreachable", "prohibit")) {
            String fib = match("==", "{\"fib\": {\"result\": \"type\", \"flags\": [\"daddr\"]}}", "\"" + type + "\"");
            switch (new Evaluator(dropping("ip6", "prerouting", fib), network).evaluate(packet, Hook.PREROUTING).verdict()) {
                case DROP -> found.add(type);
                case UNKNOWN -> found.add(type + "?");
                default -> { }
            }
        }
        return found;
    }

    private static HostNetwork.Route route(String to, String type, String table) {
        return new HostNetwork.Route(IpPrefix.of(to), type, Optional.of("eth0"), 0, table);
    }

    /** A mesh's routing rules look at the mark of a host's own packets, too. */
    @Test
    void should_not_know_the_device_of_an_own_packet_when_routing_rules_choose_the_table() {
        Ruleset output = dropping("output", match("==", "{\"meta\": {\"key\": \"oifname\"}}", "\"wt0\""));
        Packet own = Packet.udp(IpAddress.of("192.0.2.1"), IpAddress.of("203.0.113.9"), 53);

        assertThat(verdict(output, own, List.of())).isEqualTo(Answer.ACCEPT);
        assertThat(verdict(output, own, List.of(new HostNetwork.RoutingRule(
                        110, false, Optional.empty(), "7120", "{\"fwmark\": \"0x1bd00\"}"))))
                .isEqualTo(Answer.UNKNOWN);
    }

    private static Answer verdict(Ruleset ruleset, Packet packet, List<HostNetwork.RoutingRule> rules) {
        HostNetwork network = new HostNetwork(
                List.of(),
                List.of(new HostNetwork.Route(
                        IpPrefix.of("0.0.0.0/0"), HostNetwork.Route.UNICAST, Optional.of("eth0"), 0, "main")),
                rules,
                Map.of());
        return new Evaluator(ruleset, network).evaluate(packet).verdict();
    }
}
