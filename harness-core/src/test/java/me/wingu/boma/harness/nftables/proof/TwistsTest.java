package me.wingu.boma.harness.nftables.proof;

import static me.wingu.boma.harness.nftables.proof.Arrivals.from;
import static me.wingu.boma.harness.nftables.proof.Traffic.tcp;
import static me.wingu.boma.harness.nftables.proof.Traffic.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.IpPrefix;
import me.wingu.boma.harness.nftables.RulesetReader;
import me.wingu.boma.harness.nftables.evaluation.Answer;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import me.wingu.boma.harness.nftables.semantics.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies between the rules: connections, translations and the order of chains. Each fact was measured on a kernel. */
class TwistsTest {

    private static final Arrivals ETH0 = from("eth0").newConnections();
    private static final String INPUT = chain("t", "input", "filter", "input", 0, "drop");
    private static final String ACCEPT = "{\"accept\": null}";
    private static final String DROP = "{\"drop\": null}";
    private static final String TRANSLATED =
            match("{\"ct\": {\"key\": \"status\"}}", "\"dnat\"").replace("==", "in");
    private static final Packet WEB = Packet.tcp(IpAddress.of("203.0.113.9"), IpAddress.of("192.0.2.1"), 8080).withInput("eth0");

    @Test
    void should_not_rest_on_the_order_of_address_translation_and_a_filter_of_its_priority() {
        Firewall firewall = firewall(
                chain("n", "pre", "nat", "prerouting", -100, "accept"),
                rule("n", "pre", port("tcp", 8080), "{\"dnat\": {\"family\": \"ip\", \"addr\": \"172.18.0.2\", \"port\": 80}}"),
                chain("t", "pre", "filter", "prerouting", -100, "accept"),
                rule("t", "pre", match("{\"meta\": {\"key\": \"nfproto\"}}", "\"ipv6\""), DROP),
                rule("t", "pre", port("tcp", 80), DROP),
                INPUT);

        Finding finding = firewall.prover().neverAccepts(ETH0, List.of(tcp(8080)));

        assertThat(finding.kind()).isEqualTo(Finding.Kind.UNKNOWN);
        assertThat(finding.describe()).contains("the order of chains of equal priority");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"metainfo\": {\"version\": \"9.0\", \"json_schema_version\": 2}}", "{\"hologram\": {\"name\": \"x\"}}"})
    void should_prove_nothing_of_a_listing_that_it_does_not_understand(String strange) {
        Firewall firewall = firewall(INPUT, rule("t", "input", port("tcp", 22), ACCEPT), strange);

        Finding finding = firewall.prover().neverAccepts(ETH0.toThisHost(), List.of(tcp(80)));

        assertThat(finding.kind()).isEqualTo(Finding.Kind.UNKNOWN);
        assertThat(finding.describe()).contains("what the listing says with " + strange.replace(" ", ""));
    }

    @Test
    void should_let_nobody_untrack_what_is_tracked() {
        Firewall firewall = firewall(
                chain("t", "pre", "filter", "prerouting", 0, "accept"),
                rule("t", "pre", port("tcp", 22), "{\"notrack\": null}"),
                INPUT,
                rule("t", "input", match("{\"ct\": {\"key\": \"state\"}}", "\"new\""), port("tcp", 22), ACCEPT));

        assertThat(firewall.prover().neverAccepts(ETH0.toThisHost(), List.of(tcp(22))).kind()).isEqualTo(Finding.Kind.REFUTED);
    }

    @Test
    void should_go_on_with_a_rule_that_marks_the_connection_of_an_untracked_packet() {
        Firewall firewall = firewall(
                chain("t", "raw", "filter", "prerouting", -300, "accept"),
                rule("t", "raw", port("udp", 53), "{\"notrack\": null}"),
                INPUT,
                rule("t", "input", port("udp", 53), "{\"mangle\": {\"key\": {\"ct\": {\"key\": \"mark\"}}, \"value\": 1}}", ACCEPT));

        assertThat(firewall.prover().neverAccepts(ETH0.toThisHost(), List.of(udp(53))).kind()).isEqualTo(Finding.Kind.REFUTED);
    }

    @Test
    void should_redirect_to_the_address_of_the_interface_that_a_packet_came_in_through() {
        String toProxy = rule("t", "input",
                match("{\"payload\": {\"protocol\": \"ip\", \"field\": \"daddr\"}}", "\"192.168.1.1\""), port("tcp", 3128), ACCEPT);
        Firewall firewall = firewall(
                chain("n", "pre", "nat", "prerouting", -100, "accept"),
                rule("n", "pre", port("tcp", 80), "{\"redirect\": {\"port\": 3128}}"),
                INPUT,
                toProxy,
                chain("t", "forward", "filter", "forward", 0, "drop"));

        assertThat(firewall.prover().acceptsNothing(from("lan0").newConnections().toOthers()).kind())
                .isEqualTo(Finding.Kind.REFUTED);
        assertThat(firewall.prover().acceptsNothing(ETH0.toOthers()).kind()).isEqualTo(Finding.Kind.PROVED);
    }

    @Test
    void should_remember_the_port_that_a_translated_packet_came_to() {
        Firewall firewall = firewall(
                chain("n", "pre", "nat", "prerouting", -100, "accept"),
                rule("n", "pre", port("tcp", 8080), "{\"dnat\": {\"family\": \"ip\", \"addr\": \"172.18.0.2\", \"port\": 80}}"),
                chain("t", "forward", "filter", "forward", 0, "drop"),
                rule("t", "forward", match("{\"meta\": {\"key\": \"l4proto\"}}", "\"tcp\""),
                        match("{\"ct\": {\"key\": \"proto-dst\", \"dir\": \"original\"}}", "8080"), ACCEPT));

        assertThat(firewall.evaluate(WEB).verdict()).isEqualTo(Answer.ACCEPT);
        assertThat(firewall.prover().neverAccepts(ETH0, List.of(tcp(8080))).kind()).isEqualTo(Finding.Kind.REFUTED);
    }

    @Test
    void should_not_tell_where_a_packet_goes_whose_new_address_is_not_told() {
        Firewall firewall = firewall(
                chain("n", "pre", "nat", "prerouting", -100, "accept"),
                rule("n", "pre", port("tcp", 8080), "{\"dnat\": {\"family\": \"ip\", \"addr\": {\"map\": {\"key\": {\"numgen\":"
                        + " {\"mode\": \"inc\", \"mod\": 2, \"offset\": 0}},"
                        + " \"data\": {\"set\": [[0, \"172.18.0.2\"], [1, \"172.18.0.3\"]]}}}}}"),
                INPUT,
                chain("t", "forward", "filter", "forward", 0, "accept"));

        assertThat(firewall.evaluate(WEB).verdict()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void should_find_the_way_back_to_a_client_that_asks_for_an_address() {
        Firewall firewall = firewall(
                chain("t", "raw", "filter", "prerouting", -300, "accept"),
                rule("t", "raw", match("{\"fib\": {\"result\": \"oif\", \"flags\": [\"saddr\", \"iif\"]}}", "false"), DROP),
                INPUT,
                rule("t", "input", port("udp", 67), ACCEPT));
        Packet discover = Packet.udp(IpAddress.of("0.0.0.0"), IpAddress.of("255.255.255.255"), 67).withInput("lan0");

        assertThat(firewall.evaluate(discover).verdict()).isEqualTo(Answer.ACCEPT);
        assertThat(firewall.evaluate(discover.withSource(IpAddress.of("203.0.113.9"))).verdict()).isEqualTo(Answer.DROP);
    }

    @Test
    void should_not_take_neighbour_discovery_for_invalid_or_for_a_connection() {
        String[] host = {
            INPUT,
            rule("t", "input", match("{\"ct\": {\"key\": \"state\"}}", "\"invalid\""), DROP),
            rule("t", "input", port("tcp", 22), ACCEPT)
        };
        String discovery = rule("t", "input", match(
                "{\"payload\": {\"protocol\": \"icmpv6\", \"field\": \"type\"}}",
                "{\"set\": [\"nd-neighbor-solicit\", \"nd-router-advert\"]}"), ACCEPT);
        Firewall deaf = firewall(host);
        Firewall hearing = firewall(Stream.concat(Arrays.stream(host), Stream.of(discovery)).toArray(String[]::new));
        Traffic solicitation = TrafficParser.parse("icmpv6 type 135");

        assertThat(deaf.prover().alwaysAccepts(from("lan0"), List.of(solicitation)).kind()).isEqualTo(Finding.Kind.REFUTED);
        assertThat(hearing.prover().neverAccepts(from("lan0"), List.of(solicitation)).kind()).isEqualTo(Finding.Kind.REFUTED);
        assertThat(hearing.prover().acceptsTheSameAs(deaf.prover(), from("lan0")).kind()).isEqualTo(Finding.Kind.REFUTED);
        assertThat(hearing.prover().deadRules()).extracting(rule -> rule.id().chain()).isEmpty();
        assertThat(hearing.prover().acceptsOnly(from("lan0").toThisHost(), List.of(tcp(22))).kind()).isEqualTo(Finding.Kind.PROVED);
        Packet asked = Packet.icmp(IpAddress.of("fe80::9"), IpAddress.of("ff02::1"), 135, 0).withInput("lan0");
        assertThat(hearing.evaluate(asked).verdict()).isEqualTo(Answer.ACCEPT);
        assertThat(deaf.evaluate(asked).verdict()).isEqualTo(Answer.DROP);
    }

    @Test
    void should_ask_about_packets_that_there_can_be() {
        Firewall cautious = firewall(
                INPUT,
                rule("t", "input", match("{\"meta\": {\"key\": \"pkttype\"}}", "{\"set\": [\"broadcast\", \"multicast\"]}"), DROP),
                rule("t", "input", "{\"match\": {\"op\": \"!=\", \"left\": {\"&\": [{\"payload\": {\"protocol\": \"ip\","
                        + " \"field\": \"frag-off\"}}, 8191]}, \"right\": 0}}", DROP),
                rule("t", "input", port("tcp", 443), ACCEPT),
                rule("t", "input", match("{\"payload\": {\"protocol\": \"ip\", \"field\": \"saddr\"}}",
                        "{\"prefix\": {\"addr\": \"240.0.0.0\", \"len\": 4}}"), ACCEPT));

        assertThat(cautious.prover().alwaysAccepts(ETH0, List.of(tcp(443))).kind()).isEqualTo(Finding.Kind.PROVED);
        assertThat(cautious.prover().neverAccepts(ETH0.toThisHost(), List.of(tcp(22))).kind()).isEqualTo(Finding.Kind.REFUTED);
    }

    @Test
    void should_know_the_protocol_of_a_packet_at_its_device() {
        Firewall guarded = firewall(
                "{\"table\": {\"family\": \"netdev\", \"name\": \"d\"}}",
                "{\"chain\": {\"family\": \"netdev\", \"table\": \"d\", \"name\": \"in\", \"type\": \"filter\", \"hook\": \"ingress\","
                        + " \"dev\": \"eth0\", \"prio\": 0, \"policy\": \"accept\"}}",
                rule("d", "in", port("tcp", 23), DROP).replace("inet", "netdev"));

        assertThat(guarded.prover().neverAccepts(ETH0, List.of(tcp(23))).kind()).isEqualTo(Finding.Kind.PROVED);
    }

    @Test
    void should_not_call_a_rule_against_martians_dead_where_the_kernel_has_not_dropped_them_yet() {
        String raw = "{\"chain\": {\"family\": \"inet\", \"table\": \"t\", \"name\": \"raw\", \"type\": \"filter\","
                + " \"hook\": \"prerouting\", \"prio\": -300, \"policy\": \"accept\"}}";
        String from = match("{\"payload\": {\"protocol\": \"ip\", \"field\": \"saddr\"}}",
                "{\"prefix\": {\"addr\": \"224.0.0.0\", \"len\": 4}}");
        String from6 = match("{\"payload\": {\"protocol\": \"ip6\", \"field\": \"saddr\"}}",
                "{\"prefix\": {\"addr\": \"ff00::\", \"len\": 8}}");
        String own = match("{\"meta\": {\"key\": \"iifname\"}}", "\"lo\"") + ", "
                + match("{\"payload\": {\"protocol\": \"ip\", \"field\": \"saddr\"}}", "\"127.0.0.1\"");
        Firewall guarded = firewall(
                raw, INPUT, rule("t", "raw", from, DROP), rule("t", "input", from, DROP), rule("t", "raw", from6, DROP),
                rule("t", "input", own, ACCEPT));

        assertThat(guarded.prover().deadRules())
                .extracting(rule -> rule.id().chain() + " " + rule.id().index())
                .containsExactly("raw 1", "input 0");
    }

    @Test
    void should_not_rest_on_the_order_of_connection_tracking_and_a_chain_of_its_priority() {
        Firewall firewall = firewall(
                chain("n", "pre", "filter", "prerouting", -200, "accept"),
                rule("n", "pre", match("{\"ct\": {\"key\": \"state\"}}", "\"invalid\""), DROP),
                INPUT,
                rule("t", "input", port("tcp", 22), ACCEPT));

        Finding finding = firewall.prover().alwaysAccepts(ETH0, List.of(tcp(22)));

        assertThat(finding.kind()).isEqualTo(Finding.Kind.UNKNOWN);
        assertThat(finding.describe()).contains("whether connection tracking comes before this chain of its priority");
        assertThat(firewall.evaluate(WEB.with(Field.DPORT, 22)).otherOrder()).isPresent();
        assertThat(firewall.prover().neverAccepts(ETH0.toThisHost(), List.of(tcp(443))).kind()).isEqualTo(Finding.Kind.PROVED);
    }

    @Test
    void should_find_connection_tracking_between_chains_of_its_priority() {
        String marked = match("{\"meta\": {\"key\": \"mark\"}}", "1");
        String mark = "{\"mangle\": {\"key\": {\"meta\": {\"key\": \"mark\"}}, \"value\": 1}}";
        String state = "{\"ct\": {\"key\": \"state\"}}";
        String early = rule("n", "a", match(state, "\"invalid\""), mark);
        String late = rule("n", "b", match(state, "\"new\""), marked, DROP);
        for (boolean turned : new boolean[] {false, true}) {
            Firewall firewall = firewall(
                    chain("n", turned ? "b" : "a", "filter", "prerouting", -200, "accept"),
                    chain("n", turned ? "a" : "b", "filter", "prerouting", -200, "accept"),
                    early,
                    late,
                    INPUT,
                    rule("t", "input", port("tcp", 22), ACCEPT));

            Finding finding = firewall.prover().alwaysAccepts(ETH0, List.of(tcp(22)));

            assertThat(finding.kind()).isEqualTo(Finding.Kind.UNKNOWN);
            assertThat(finding.describe()).contains("whether connection tracking comes before this chain of its priority");
            assertThat(firewall.evaluate(WEB.with(Field.DPORT, 22)).accepted()).isFalse();
            assertThat(firewall.prover().neverAccepts(ETH0.toThisHost(), List.of(tcp(443))).kind())
                    .isEqualTo(Finding.Kind.PROVED);
        }
    }

    @Test
    void should_try_every_order_of_address_translation_and_two_filters_of_its_priority() {
        Firewall firewall = firewall(
                chain("n", "pre", "nat", "prerouting", -100, "accept"),
                rule("n", "pre", port("tcp", 8080), "{\"redirect\": {\"port\": 80}}"),
                chain("t", "first", "filter", "prerouting", -100, "accept"),
                rule("t", "first", "{\"mangle\": {\"key\": {\"meta\": {\"key\": \"mark\"}}, \"value\": 1}}"),
                chain("t", "second", "filter", "prerouting", -100, "accept"),
                rule("t", "second", match("{\"meta\": {\"key\": \"mark\"}}", "1"), port("tcp", 8080), DROP),
                INPUT,
                rule("t", "input", port("tcp", 80), ACCEPT));

        assertThat(firewall.prover().alwaysAccepts(ETH0, List.of(tcp(8080))).kind()).isEqualTo(Finding.Kind.UNKNOWN);
    }

    @Test
    void should_not_call_a_rule_against_fragments_dead_where_they_are_not_put_together_yet() {
        String fragment = "{\"match\": {\"op\": \"!=\", \"left\": {\"&\": [{\"payload\": {\"protocol\": \"ip\","
                + " \"field\": \"frag-off\"}}, 8191]}, \"right\": 0}}";
        Firewall guarded = firewall(
                "{\"table\": {\"family\": \"netdev\", \"name\": \"d\"}}",
                "{\"chain\": {\"family\": \"netdev\", \"table\": \"d\", \"name\": \"in\", \"type\": \"filter\", \"hook\": \"ingress\","
                        + " \"dev\": \"eth0\", \"prio\": 0, \"policy\": \"accept\"}}",
                rule("d", "in", "{\"jump\": {\"target\": \"guard\"}}").replace("inet", "netdev"),
                "{\"chain\": {\"family\": \"netdev\", \"table\": \"d\", \"name\": \"guard\"}}",
                rule("d", "guard", port("udp", 53), ACCEPT).replace("inet", "netdev"),
                rule("d", "guard", fragment, port("tcp", 22), DROP).replace("inet", "netdev"),
                rule("d", "guard", fragment, DROP).replace("inet", "netdev"),
                chain("n", "early", "filter", "prerouting", -450, "accept"),
                rule("n", "early", match("{\"meta\": {\"key\": \"iifname\"}}", "\"lan0\""), fragment, DROP),
                INPUT,
                rule("t", "input", fragment, DROP),
                rule("t", "input", port("tcp", 443), ACCEPT));

        assertThat(guarded.prover().deadRules())
                .as("a later fragment has no port, and none comes to input")
                .extracting(rule -> rule.id().chain() + " " + rule.id().index())
                .containsExactlyInAnyOrder("guard 1", "input 0");
        assertThat(guarded.prover().alwaysAccepts(ETH0, List.of(tcp(443))).kind()).isEqualTo(Finding.Kind.PROVED);
    }

    @Test
    void should_leave_a_packet_on_its_way_that_gets_a_new_port_alone() {
        String[] host = {
            chain("n", "pre", "nat", "prerouting", -100, "accept"),
            rule("n", "pre", port("tcp", 8080), "{\"dnat\": {\"port\": 80}}"),
            INPUT,
            rule("t", "input", port("tcp", 80), TRANSLATED, ACCEPT),
            chain("t", "forward", "filter", "forward", 0, "drop")
        };
        Firewall unknown = firewall(HostNetwork.unknown(), host);

        assertThat(unknown.prover().neverAccepts(ETH0, List.of(tcp(8080))).kind()).isEqualTo(Finding.Kind.REFUTED);
        assertThat(unknown.evaluate(WEB).verdict()).isEqualTo(Answer.ACCEPT);
        assertThat(firewall(host).evaluate(WEB).verdict()).isEqualTo(Answer.ACCEPT);
    }

    @Test
    void should_note_that_address_translation_was_asked() {
        Firewall firewall = firewall(
                chain("n", "pre", "nat", "prerouting", -100, "accept"),
                INPUT,
                rule("t", "input", match("{\"ct\": {\"key\": \"status\"}}", "256"), ACCEPT));

        assertThat(firewall.prover().neverAccepts(ETH0.toThisHost(), List.of(tcp(8080))).kind()).isEqualTo(Finding.Kind.REFUTED);
        assertThat(firewall.prover().alwaysAccepts(ETH0.toThisHost(), List.of(tcp(8080))).kind()).isEqualTo(Finding.Kind.PROVED);
    }

    @Test
    void should_count_as_translated_only_what_has_changed() {
        Firewall firewall = firewall(
                chain("n", "pre", "nat", "prerouting", -100, "accept"),
                rule("n", "pre", port("tcp", 8080), "{\"dnat\": {\"port\": 8080}}"),
                INPUT,
                rule("t", "input", TRANSLATED, ACCEPT));

        assertThat(firewall.evaluate(WEB).verdict()).isEqualTo(Answer.DROP);
        assertThat(firewall.prover().neverAccepts(ETH0.toThisHost(), List.of(tcp(8080))).kind()).isEqualTo(Finding.Kind.PROVED);
    }

    @Test
    void should_read_the_addresses_of_a_connection_of_either_version() {
        Firewall firewall = firewall(
                INPUT,
                rule("t", "input", match("{\"ct\": {\"key\": \"ip saddr\", \"dir\": \"original\"}}", "\"203.0.113.9\""), ACCEPT),
                rule("t", "input", match("{\"ct\": {\"key\": \"ip6 daddr\", \"dir\": \"reply\"}}", "\"2001:db8::9\""), ACCEPT));
        Prover prover = firewall.prover();

        assertThat(prover.alwaysAccepts(ETH0.toThisHost(), List.of(tcp(22).from("203.0.113.9", "2001:db8::9"))).kind())
                .isEqualTo(Finding.Kind.PROVED);
        assertThat(prover.acceptsOnly(ETH0.toThisHost(), List.of(tcp(22).from("203.0.113.9"))).kind())
                .isEqualTo(Finding.Kind.REFUTED);
        assertThat(prover.neverAccepts(ETH0.toThisHost(), List.of(tcp(22).from("203.0.113.8"))).kind())
                .isEqualTo(Finding.Kind.PROVED);
    }

    @Test
    void should_refuse_a_statement_about_no_packet() {
        Prover prover = firewall(INPUT).prover();

        assertThatThrownBy(() -> prover.neverAccepts(from("10.0.0.0/8"), List.of(TrafficParser.parse("icmpv6 type 128"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There are no such packets, of new connections from 10.0.0.0/8: icmpv6 type 128");
        assertThatThrownBy(() -> prover.alwaysAccepts(from("10.0.0.0/8"), List.of(TrafficParser.parse("icmpv6 type 128"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Firewall firewall(String... objects) {
        return firewall(network(), objects);
    }

    private static Firewall firewall(HostNetwork network, String... objects) {
        List<String> all = new ArrayList<>(List.of(
                "{\"table\": {\"family\": \"inet\", \"name\": \"t\"}}", "{\"table\": {\"family\": \"inet\", \"name\": \"n\"}}"));
        all.addAll(List.of(objects));
        return new Firewall(new RulesetReader().read("{\"nftables\": [" + String.join(",\n", all) + "]}"), network);
    }

    /** An uplink, a network behind it, and containers. */
    private static HostNetwork network() {
        List<HostNetwork.Link> links = List.of(
                link("eth0", 2, "192.0.2.1"), link("lan0", 3, "192.168.1.1"), link("docker0", 4, "172.18.0.1"));
        Stream<HostNetwork.Route> subnets = links.stream().map(link ->
                route(link.addresses().get(0).subnet().toString(), HostNetwork.Route.UNICAST, link.name(), "main"));
        Stream<HostNetwork.Route> own = links.stream().map(link ->
                route(link.addresses().get(0).address() + "/32", "local", link.name(), "local"));
        Stream<HostNetwork.Route> others = Stream.of(
                route("0.0.0.0/0", HostNetwork.Route.UNICAST, "eth0", "main"),
                route("::/0", HostNetwork.Route.UNICAST, "eth0", "main"));
        List<HostNetwork.Route> routes = Stream.of(subnets, own, others).flatMap(each -> each).toList();
        return new HostNetwork(links, routes, List.of(), Map.of());
    }

    private static HostNetwork.Link link(String name, int index, String address) {
        return new HostNetwork.Link(
                name, index, "ether", Optional.empty(), List.of(new HostNetwork.InterfaceAddress(IpAddress.of(address), 24)));
    }

    private static HostNetwork.Route route(String to, String type, String device, String table) {
        return new HostNetwork.Route(IpPrefix.of(to), type, Optional.of(device), 0, table);
    }

    private static String chain(String table, String name, String type, String hook, int priority, String policy) {
        return "{\"chain\": {\"family\": \"inet\", \"table\": \"%s\", \"name\": \"%s\", \"type\": \"%s\", \"hook\": \"%s\","
                        .formatted(table, name, type, hook)
                + " \"prio\": %d, \"policy\": \"%s\"}}".formatted(priority, policy);
    }

    private static String rule(String table, String chain, String... statements) {
        return "{\"rule\": {\"family\": \"inet\", \"table\": \"%s\", \"chain\": \"%s\", \"handle\": %d, \"expr\": [%s]}}"
                .formatted(table, chain, Math.floorMod(String.join("", statements).hashCode(), 10_000), String.join(", ", statements));
    }

    private static String port(String protocol, int port) {
        return match("{\"payload\": {\"protocol\": \"" + protocol + "\", \"field\": \"dport\"}}", String.valueOf(port));
    }

    private static String match(String left, String right) {
        return "{\"match\": {\"op\": \"==\", \"left\": " + left + ", \"right\": " + right + "}}";
    }
}
