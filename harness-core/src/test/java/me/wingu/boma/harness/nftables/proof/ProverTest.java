package me.wingu.boma.harness.nftables.proof;

import static me.wingu.boma.harness.nftables.proof.Arrivals.from;
import static me.wingu.boma.harness.nftables.proof.Traffic.ping;
import static me.wingu.boma.harness.nftables.proof.Traffic.tcp;
import static me.wingu.boma.harness.nftables.proof.Traffic.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.IpPrefix;
import me.wingu.boma.harness.nftables.RulesetReader;
import me.wingu.boma.harness.nftables.evaluation.Answer;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProverTest {

    private static final Arrivals WAN = from("wan").newConnections();
    private static final Traffic SSH = tcp(22).from("198.51.100.10", "2001:db8:10::10");
    private static final List<Traffic> CATALOG = List.of(tcp(80, 443), udp(3478), SSH, ping());

    private final Prover askari = Askari.firewall(withoutIpv6Forwarding(Askari.json())).prover();

    @Nested
    class AcceptsOnly {

        @Test
        void should_be_proved_for_the_whole_catalog() {
            assertThat(askari.acceptsOnly(WAN, CATALOG).describe()).startsWith("PROVED");
        }

        @Test
        void should_be_refuted_by_a_packet_from_the_one_address_that_was_left_out() {
            Finding finding = askari.acceptsOnly(WAN, List.of(tcp(80, 443), udp(3478), ping()));

            assertThat(finding.kind()).isEqualTo(Finding.Kind.REFUTED);
            assertThat(packet(finding)).hasToString("tcp 198.51.100.10:50000 -> 203.0.113.5:22 in eth0 new");
            assertThat(finding.describe()).contains("ip saddr @admin4 tcp dport 22 accept");
        }

        @Test
        void should_be_refuted_when_only_ipv6_is_wrong() {
            Finding finding = askari.acceptsOnly(
                    WAN, List.of(tcp(80, 443), udp(3478), ping(), tcp(22).from("198.51.100.10")));

            assertThat(packet(finding)).hasToString("tcp [2001:db8:10::10]:50000 -> [2001:db8:5::5]:22 in eth0 new");
        }

        @Test
        void should_be_refuted_when_another_host_is_reached_through_this_one() {
            Prover open = Askari.firewall(Askari.json()).prover();

            assertThat(open.acceptsOnly(WAN, CATALOG).describe())
                    .startsWith("REFUTED")
                    .contains("prerouting -> forward");
        }

        @Test
        void should_be_unknown_when_a_limit_decides() {
            String limited = Askari.json().replace("{\"log\": {\"prefix\": \"dropped: \"}}", "{\"accept\": null}");

            Finding finding = Askari.firewall(withoutIpv6Forwarding(limited))
                    .prover()
                    .acceptsOnly(from("wt0"), List.of(tcp(22, 80, 443), udp(3478), ping()));

            assertThat(finding.kind()).isEqualTo(Finding.Kind.UNKNOWN);
            assertThat(finding.doubts()).anySatisfy(doubt -> assertThat(doubt.rule())
                    .hasToString("inet filter input handle 19"));
        }

        @Test
        void should_refuse_an_empty_list() {
            assertThatThrownBy(() -> askari.acceptsOnly(WAN, List.of())).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class AlwaysAccepts {

        @Test
        void should_be_proved_for_a_published_port() {
            assertThat(askari.alwaysAccepts(WAN, List.of(tcp(443), udp(3478))).describe()).startsWith("PROVED");
        }

        @Test
        void should_be_refuted_when_some_client_is_kept_out() {
            Finding finding = askari.alwaysAccepts(WAN, List.of(tcp(22)));

            assertThat(packet(finding)).hasToString("tcp 203.0.113.77:50000 -> 203.0.113.5:22 in eth0 new");
            assertThat(finding.describe()).contains("policy drop", "the input interface is \"eth0\"");
        }

        @Test
        void should_be_unknown_when_a_limit_may_keep_clients_out() {
            String limited = Askari.json()
                    .replace("{\"match\": {\"op\": \"==\", \"left\": {\"payload\": {\"protocol\": \"udp\", \"field\": \"dport\"}},"
                            + " \"right\": 3478}}, {\"accept\"", "{\"limit\": {\"rate\": 5, \"burst\": 5, \"per\": \"second\"}},"
                            + " {\"accept\"");

            Finding finding = Askari.firewall(limited).prover().alwaysAccepts(from("wt0"), List.of(udp(53)));

            assertThat(finding.kind()).isEqualTo(Finding.Kind.UNKNOWN);
        }
    }

    @Nested
    class AlwaysReaches {

        @Test
        void should_be_proved_for_a_container_behind_a_published_port() {
            assertThat(askari.alwaysReaches(WAN, tcp(443), Askari.CONTAINER, 443).describe()).startsWith("PROVED");
        }

        @Test
        void should_be_proved_for_ipv6_too() {
            Prover six = Askari.firewall(Askari.jsonWithIpv6()).prover();

            assertThat(six.alwaysReaches(WAN, tcp(443), Askari.CONTAINER6, 443).describe()).startsWith("PROVED");
        }

        @Test
        void should_be_refuted_when_the_forward_chain_of_another_table_drops() {
            String deny = Askari.json().replace(
                    "\"hook\": \"forward\", \"prio\": 0, \"policy\": \"accept\"",
                    "\"hook\": \"forward\", \"prio\": 0, \"policy\": \"drop\"");

            Finding finding = Askari.firewall(deny).prover().alwaysReaches(WAN, tcp(443), Askari.CONTAINER, 443);

            assertThat(finding.kind()).isEqualTo(Finding.Kind.REFUTED);
            assertThat(finding.describe()).contains("inet filter forward: policy drop", "dnat to 172.18.0.2:443");
        }

        @Test
        void should_be_refuted_for_another_container() {
            Finding finding = askari.alwaysReaches(WAN, tcp(443), IpAddress.of("172.18.0.9"), 443);

            assertThat(finding.kind()).isEqualTo(Finding.Kind.REFUTED);
        }
    }

    @Nested
    class NeverAccepts {

        @Test
        void should_be_proved_for_a_port_that_no_rule_names() {
            assertThat(askari.neverAccepts(WAN, List.of(tcp(3306))).describe()).startsWith("PROVED");
        }

        @Test
        void should_be_refuted_by_the_rule_for_one_address() {
            assertThat(askari.neverAccepts(WAN, List.of(tcp(22))).describe()).contains("@admin4 tcp dport 22 accept");
        }
    }

    @Nested
    class AcceptsTheSame {

        @Test
        void should_be_proved_for_the_same_ruleset_and_for_rules_in_another_order() {
            String swapped = Askari.json().replace("[80, 443]", "[443, 80]");

            assertThat(askari.acceptsTheSameAs(Askari.firewall(withoutIpv6Forwarding(swapped)).prover(), WAN).describe())
                    .startsWith("PROVED");
        }

        @Test
        void should_show_one_packet_when_a_port_differs() {
            String other = Askari.json().replace("3478", "3479");

            Finding finding = askari.acceptsTheSameAs(Askari.firewall(other).prover(), WAN);

            assertThat(packet(finding).toString()).matches("udp .*:347[89] in eth0 new");
        }
    }

    @Nested
    class DeadRules {

        @Test
        void should_find_a_rule_behind_one_that_takes_everything() {
            String shadowed = Askari.json().replace(
                    "{\"rule\": {\"family\": \"inet\", \"table\": \"filter\", \"chain\": \"input\", \"handle\": 18,",
                    "{\"rule\": {\"family\": \"inet\", \"table\": \"filter\", \"chain\": \"input\", \"handle\": 99, \"expr\": "
                            + "[{\"match\": {\"op\": \"==\", \"left\": {\"meta\": {\"key\": \"l4proto\"}}, \"right\": \"udp\"}},"
                            + " {\"drop\": null}]}},\n{\"rule\": {\"family\": \"inet\", \"table\": \"filter\", "
                            + "\"chain\": \"input\", \"handle\": 18,");

            assertThat(Askari.firewall(shadowed).prover().deadRules())
                    .anySatisfy(rule -> assertThat(rule.id()).hasToString("inet filter input handle 18"));
        }

        @Test
        void should_find_none_among_the_rules_for_input() {
            assertThat(askari.deadRules()).noneMatch(rule -> rule.id().chain().equals("input"));
        }
    }

    /** What nft 1.0.6 prints as JSON: the table's name for its flag, and no device. */
    @Nested
    class GapsOfTheListing {

        private static final String CHAIN = """
                {"nftables": [{"table": {"family": "%s", "name": "%s", "handle": 1%s}},
                  {"chain": {"family": "%1$s", "table": "%2$s", "name": "c", "handle": 1, "type": "filter", "hook": "%4$s",
                    "prio": 0, "policy": "drop"%5$s}}]}""";

        private Finding neverSsh(String family, String table, String flags, String hook, String devices) {
            String json = CHAIN.formatted(family, table, flags, hook, devices);
            return Firewall.of(new RulesetReader().read(json)).prover().neverAccepts(from("eth0"), List.of(tcp(22)));
        }

        @Test
        void should_not_tell_whether_a_table_with_a_flag_of_its_own_name_is_dormant() {
            Finding finding = neverSsh("inet", "off", ", \"flags\": \"off\"", "input", "");

            assertThat(finding.kind()).isEqualTo(Finding.Kind.UNKNOWN);
            assertThat(finding.describe()).contains("whether the table is dormant: its flags are listed as off");
            assertThat(finding.example().orElseThrow().verdict()).isEqualTo(Answer.UNKNOWN);
            assertThat(neverSsh("inet", "on", ", \"flags\": \"owner\"", "input", "").kind())
                    .isEqualTo(Finding.Kind.PROVED);
            assertThat(neverSsh("inet", "off", ", \"flags\": [\"dormant\"]", "input", "").kind())
                    .isEqualTo(Finding.Kind.REFUTED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"netdev", "inet"})
        void should_not_tell_whether_a_chain_without_devices_is_on_that_one(String family) {
            Finding finding = neverSsh(family, "f", "", "ingress", "");

            assertThat(finding.kind()).isEqualTo(Finding.Kind.UNKNOWN);
            assertThat(finding.describe()).contains("the devices of the chain, which the listing leaves out");
            assertThat(finding.example().orElseThrow().verdict()).isEqualTo(Answer.UNKNOWN);
            assertThat(neverSsh(family, "f", "", "ingress", ", \"dev\": \"eth0\"").kind())
                    .isEqualTo(Finding.Kind.PROVED);
            assertThat(neverSsh(family, "f", "", "ingress", ", \"dev\": \"lan0\"").kind())
                    .isEqualTo(Finding.Kind.REFUTED);
        }
    }

    /** What nft 1.0.6 prints of {@code meta nfproto ipv4 tcp dport 22 reject with tcp reset}. */
    @Nested
    class ResetsInAListing {

        private static final String RULE = """
                {"nftables": [{"table": {"family": "%1$s", "name": "f", "handle": 1}},
                  {"chain": {"family": "%1$s", "table": "f", "name": "c", "handle": 1, "type": "filter", "hook": "input",
                    "prio": 0, "policy": "%2$s"}},
                  {"rule": {"family": "%1$s", "table": "f", "chain": "c", "handle": 2, "expr": [%3$s
                    {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 22}},
                    %4$s {"reject": {"type": "tcp reset"}}]}}]}""";
        private static final String VERSION =
                "{\"match\": {\"op\": \"==\", \"left\": {\"payload\": {\"protocol\": \"ip\", \"field\": \"protocol\"}}, \"right\": 6}},";

        private Finding neverSsh(String family, String policy, String before, String between) {
            String json = RULE.formatted(family, policy, before, between);
            return Firewall.of(new RulesetReader().read(json)).prover().neverAccepts(from("eth0"), List.of(tcp(22)));
        }

        @Test
        void should_be_for_one_version_of_ip_perhaps() {
            Finding finding = neverSsh("inet", "accept", "", "");

            assertThat(finding.kind()).isEqualTo(Finding.Kind.UNKNOWN);
            assertThat(finding.describe()).contains("whether the rule is for one version of IP only");
            assertThat(finding.example().orElseThrow().verdict()).isEqualTo(Answer.UNKNOWN);
        }

        @Test
        void should_be_what_they_say_where_nft_leaves_out_nothing_or_where_it_does_not_matter() {
            assertThat(neverSsh("inet", "accept", "", "{\"counter\": {\"packets\": 0, \"bytes\": 0}},").kind())
                    .isEqualTo(Finding.Kind.PROVED);
            assertThat(neverSsh("inet", "drop", "", "").kind()).isEqualTo(Finding.Kind.PROVED);
            assertThat(neverSsh("inet", "accept", VERSION, "").kind()).isEqualTo(Finding.Kind.REFUTED);
            assertThat(neverSsh("ip", "accept", "", "").kind()).isEqualTo(Finding.Kind.REFUTED);
        }
    }

    /** What nft 1.0.6 prints of {@code ct protocol tcp th dport 22 accept}. */
    @Nested
    class PortsOfAnyProtocolInAListing {

        private Finding alwaysSsh(String before) {
            String json = """
                    {"nftables": [{"table": {"family": "inet", "name": "f", "handle": 1}},
                      {"chain": {"family": "inet", "table": "f", "name": "c", "handle": 1, "type": "filter", "hook": "input",
                        "prio": 0, "policy": "drop"}},
                      {"rule": {"family": "inet", "table": "f", "chain": "c", "handle": 2, "expr": [%s
                        {"match": {"op": "==", "left": {"payload": {"protocol": "th", "field": "dport"}}, "right": 22}},
                        {"accept": null}]}}]}""".formatted(before);
            return Firewall.of(new RulesetReader().read(json)).prover().alwaysAccepts(from("eth0").newConnections(), List.of(tcp(22)));
        }

        @Test
        void should_be_those_of_one_protocol_perhaps_unless_protocols_are_named() {
            Finding bare = alwaysSsh("");
            Finding named = alwaysSsh("""
                    {"match": {"op": "==", "left": {"meta": {"key": "l4proto"}}, "right": {"set": ["tcp", "udp"]}}},""");

            assertThat(bare.kind()).isEqualTo(Finding.Kind.UNKNOWN);
            assertThat(bare.describe()).contains("whether the rule is for one protocol only by \"ct protocol\"");
            assertThat(named.kind()).isEqualTo(Finding.Kind.PROVED);
        }
    }

    /** Setting a zone attaches a template, which counts as a new connection: measured on a kernel. */
    @Nested
    class Zones {

        private static final String RULES = """
                {"nftables": [{"table": {"family": "inet", "name": "t", "handle": 1}},
                  {"chain": {"family": "inet", "table": "t", "name": "raw", "handle": 1, "type": "filter",
                    "hook": "prerouting", "prio": -300, "policy": "accept"}},
                  {"chain": {"family": "inet", "table": "t", "name": "in", "handle": 2, "type": "filter", "hook": "input",
                    "prio": 0, "policy": "drop"}},
                  {"rule": {"family": "inet", "table": "t", "chain": "raw", "handle": 3, "expr": [
                    {"mangle": {"key": {"ct": {"key": "zone"}}, "value": 5}}]}},
                  {"rule": {"family": "inet", "table": "t", "chain": "raw", "handle": 4, "expr": [%s]}},
                  {"rule": {"family": "inet", "table": "t", "chain": "in", "handle": 5, "expr": [%s,
                    {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 22}},
                    {"accept": null}]}}]}""";
        private static final String CT = "{\"match\": {\"op\": \"==\", \"left\": {\"ct\": {\"key\": \"%s\"}}, \"right\": %s}}";
        private static final String NEW = CT.formatted("state", "\"new\"");
        private static final String DROP = ", {\"drop\": null}";

        private Finding neverSsh(String raw, String in) {
            return Firewall.of(new RulesetReader().read(RULES.formatted(raw, in)))
                    .prover()
                    .neverAccepts(from("eth0").newConnections(), List.of(tcp(22)));
        }

        @Test
        void should_make_the_packet_new_before_connection_tracking() {
            assertThat(neverSsh(CT.formatted("state", "\"invalid\"") + DROP, NEW).kind()).isEqualTo(Finding.Kind.REFUTED);
            assertThat(neverSsh(NEW + DROP, NEW).kind()).isEqualTo(Finding.Kind.PROVED);
        }

        @Test
        void should_keep_notrack_from_doing_anything() {
            assertThat(neverSsh("{\"notrack\": null}", NEW).kind()).isEqualTo(Finding.Kind.REFUTED);
            assertThat(neverSsh("{\"notrack\": null}", CT.formatted("state", "\"untracked\"")).kind())
                    .isEqualTo(Finding.Kind.PROVED);
        }

        @Test
        void should_not_tell_which_zone_is_read() {
            assertThat(neverSsh("{\"counter\": null}", CT.formatted("zone", "5")).kind()).isEqualTo(Finding.Kind.UNKNOWN);
            assertThat(neverSsh("{\"counter\": null}", CT.formatted("zone", "0")).kind()).isEqualTo(Finding.Kind.UNKNOWN);
        }
    }

    @Nested
    class ToWhom {

        private static final List<Traffic> CATALOG = List.of(tcp(80, 443), udp(3478), ping(), tcp(22).from("198.51.100.10", "2001:db8:10::10"));

        private final Prover open = Askari.firewall(Askari.json()).prover();

        @Test
        void should_prove_the_catalog_for_the_host_itself_whatever_it_forwards() {
            assertThat(open.acceptsOnly(WAN, CATALOG).kind()).isEqualTo(Finding.Kind.REFUTED);
            assertThat(open.acceptsOnly(WAN.toThisHost(), CATALOG).describe()).startsWith("PROVED");
        }

        @Test
        void should_refute_that_nothing_is_forwarded_for_others() {
            Finding finding = open.acceptsNothing(WAN.toOthers());

            assertThat(finding.kind()).isEqualTo(Finding.Kind.REFUTED);
            assertThat(finding.property()).isEqualTo(
                    "of new connections from wan to others than this host, nothing is accepted");
            assertThat(finding.example().orElseThrow().outcome().forwarded()).isTrue();
        }

        @Test
        void should_count_a_published_port_as_the_hosts_own() {
            Finding finding = open.neverAccepts(WAN.toThisHost(), List.of(tcp(443)));

            assertThat(finding.kind()).isEqualTo(Finding.Kind.REFUTED);
            assertThat(finding.example().orElseThrow().outcome().last().destination()).isEqualTo(Askari.CONTAINER);
        }
    }

    @Nested
    class BesidesTheRoutes {

        private final HostNetwork plain = Askari.network();

        @Test
        void should_not_tell_the_way_when_routing_rules_look_at_more_than_the_destination() {
            HostNetwork policy = new HostNetwork(plain.links(), plain.routes(),
                    List.of(new HostNetwork.RoutingRule(100, false, Optional.of(IpPrefix.of("203.0.113.0/24")), "7", "")),
                    plain.sysctls());
            Firewall firewall = new Firewall(new RulesetReader().read(Askari.json()), policy);

            Finding finding = firewall.prover().alwaysReaches(WAN, tcp(443), Askari.CONTAINER, 443);

            assertThat(finding.kind()).isEqualTo(Finding.Kind.UNKNOWN);
            assertThat(finding.describe()).contains("the route, and with it the output interface");
        }

        /** A mesh's agent adds such rules; Docker's rules that ask for an address's type stay known. */
        @Test
        void should_know_the_hosts_own_addresses_whatever_routing_rules_say_of_others() {
            List<HostNetwork.RoutingRule> rules = new ArrayList<>();
            for (boolean v6 : new boolean[] {false, true}) {
                rules.add(new HostNetwork.RoutingRule(0, v6, Optional.empty(), "local", ""));
                rules.add(new HostNetwork.RoutingRule(110, v6, Optional.empty(), "7120", "{\"not\": null, \"fwmark\": \"0x1bd00\"}"));
            }
            Firewall mesh = new Firewall(
                    new RulesetReader().read(Askari.json()),
                    new HostNetwork(plain.links(), plain.routes(), rules, plain.sysctls()));
            Firewall moved = new Firewall(
                    mesh.ruleset(),
                    new HostNetwork(plain.links(), plain.routes(), rules.subList(3, 4), plain.sysctls()));

            assertThat(mesh.prover().alwaysReaches(WAN, tcp(443), Askari.CONTAINER, 443).describe())
                    .contains("the route, and with it the output interface", "translated to: tcp 203.0.113.77:50000 -> 172.18.0.2:443")
                    .doesNotContain("fib type");
            assertThat(moved.prover().alwaysReaches(WAN, tcp(443), Askari.CONTAINER, 443).describe())
                    .contains("fib type where routing rules come before the local table");
        }

        @Test
        void should_not_tell_the_way_when_several_devices_share_a_route() {
            List<HostNetwork.Route> routes = new ArrayList<>(plain.routes());
            plain.ranked(false, List.of("main")).stream()
                    .filter(route -> route.destination().contains(Askari.CONTAINER))
                    .findFirst()
                    .map(route -> new HostNetwork.Route(
                            route.destination(), route.type(), Optional.of("docker0"), route.metric(), route.table()))
                    .ifPresent(routes::add);
            Firewall firewall = new Firewall(
                    new RulesetReader().read(Askari.json()),
                    new HostNetwork(plain.links(), routes, plain.rules(), plain.sysctls()));

            Finding finding = firewall.prover().alwaysReaches(WAN, tcp(443), Askari.CONTAINER, 443);

            assertThat(finding.kind()).isEqualTo(Finding.Kind.UNKNOWN);
            assertThat(finding.describe()).contains("the route, and with it the output interface");
        }

        private HostNetwork with(List<HostNetwork.Route> routes, List<HostNetwork.RoutingRule> rules, String... on) {
            Map<String, String> sysctls = new HashMap<>(plain.sysctls());
            for (String each : on) {
                sysctls.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
            }
            return new HostNetwork(plain.links(), routes, rules, sysctls);
        }

        private static Firewall dropping(String family, String hook, String rules, HostNetwork network) {
            return new Firewall(new RulesetReader().read("""
                    {"nftables": [{"table": {"family": "%1$s", "name": "t", "handle": 1}},
                      {"chain": {"family": "%1$s", "table": "t", "name": "c", "handle": 1, "type": "filter", "hook": "%2$s",
                        "prio": 0, "policy": "drop"}}%3$s]}""".formatted(family, hook, rules)), network);
        }

        @Test
        void should_not_take_routes_of_one_version_for_those_of_both() {
            List<HostNetwork.Route> four = plain.routes().stream()
                    .filter(route -> !route.destination().first().v6())
                    .toList();
            List<HostNetwork.Route> none = new ArrayList<>(four);
            none.add(new HostNetwork.Route(IpPrefix.of("::/0"), "unreachable", Optional.empty(), 0, "default"));

            Finding untold = dropping("ip", "forward", "", with(four, List.of()))
                    .prover()
                    .acceptsNothing(from("eth0").toOthers());
            Finding told = dropping("ip", "forward", "", with(none, List.of()))
                    .prover()
                    .acceptsNothing(from("eth0").toOthers());

            assertThat(untold.kind()).isEqualTo(Finding.Kind.UNKNOWN);
            assertThat(untold.describe()).contains("no routes of this version of IP are known");
            assertThat(untold.example().orElseThrow().verdict()).isEqualTo(Answer.UNKNOWN);
            assertThat(told.kind()).isEqualTo(Finding.Kind.PROVED);
        }

        @Test
        void should_say_what_it_assumes_where_nobody_told_rules_and_parameters() {
            List<HostNetwork.RoutingRule> six = List.of(new HostNetwork.RoutingRule(0, true, Optional.empty(), "local", ""));
            HostNetwork untold = new HostNetwork(
                    plain.links(), plain.routes(), six, Map.of("net.ipv6.conf.all.forwarding", "1"));

            Finding finding = dropping("inet", "forward", "", untold).prover().acceptsNothing(from("eth0").toOthers());

            assertThat(finding.assumptions())
                    .containsExactly(
                            "routing rules of IPv4 are not known: every packet asks the main table",
                            "net.ipv4.ip_forward is not known: the host forwards");
        }

        /** A transparent proxy: marked packets ask a table that delivers everything. */
        @Test
        void should_doubt_whether_routing_rules_deliver_to_this_host() {
            List<HostNetwork.Route> routes = new ArrayList<>(plain.routes());
            routes.add(new HostNetwork.Route(IpPrefix.of("0.0.0.0/0"), "local", Optional.of("lo"), 0, "100"));
            List<HostNetwork.RoutingRule> rules = List.of(
                    new HostNetwork.RoutingRule(100, false, Optional.empty(), "100", "{\"fwmark\": \"0x1\"}"));

            Finding finding = dropping("inet", "forward", "", with(routes, rules))
                    .prover()
                    .acceptsNothing(from("eth0").toOthers());
            Finding unused = dropping("inet", "forward", "", with(routes, List.of()))
                    .prover()
                    .acceptsNothing(from("eth0").toOthers());

            assertThat(finding.kind()).isEqualTo(Finding.Kind.UNKNOWN);
            assertThat(finding.describe()).contains("whether routing rules deliver the packet to this host");
            assertThat(finding.example().orElseThrow().verdict()).isEqualTo(Answer.UNKNOWN);
            assertThat(unused.kind()).isEqualTo(Finding.Kind.PROVED);
        }

        @Test
        void should_let_packets_into_the_loopback_network_where_route_localnet_does() {
            String all = "net.ipv4.conf.all.route_localnet=";
            String own = "net.ipv4.conf.eth0.route_localnet=";

            assertThat(translatedToLoopback(plain).kind()).isEqualTo(Finding.Kind.UNKNOWN);
            assertThat(translatedToLoopback(HostNetwork.unknown()).kind()).isEqualTo(Finding.Kind.UNKNOWN);
            assertThat(translatedToLoopback(with(plain.routes(), List.of(), all + 0)).describe())
                    .startsWith("UNKNOWN")
                    .contains("route_localnet");
            assertThat(translatedToLoopback(with(plain.routes(), List.of(), all + 0, own + 0)).describe())
                    .startsWith("REFUTED")
                    .contains("only lo may bring packets for 127.0.0.0/8");
            assertThat(translatedToLoopback(with(plain.routes(), List.of(), all + 0, own + 1)).kind())
                    .isEqualTo(Finding.Kind.PROVED);
            assertThat(translatedToLoopback(with(plain.routes(), List.of(), all + 1)).kind())
                    .isEqualTo(Finding.Kind.PROVED);
        }

        private static Finding translatedToLoopback(HostNetwork network) {
            String rules = """
                    , {"chain": {"family": "ip", "table": "t", "name": "n", "handle": 2, "type": "nat", "hook": "prerouting",
                        "prio": -100, "policy": "accept"}},
                      {"rule": {"family": "ip", "table": "t", "chain": "n", "handle": 3, "expr": [
                        {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 80}},
                        {"dnat": {"addr": "127.0.0.1", "port": 8080}}]}},
                      {"rule": {"family": "ip", "table": "t", "chain": "c", "handle": 4, "expr": [
                        {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 8080}},
                        {"accept": null}]}}""";
            return dropping("ip", "input", rules, network)
                    .prover()
                    .alwaysAccepts(from("eth0").newConnections(), List.of(tcp(80)));
        }

        @Test
        void should_name_the_frames_that_only_pass_a_bridge() {
            List<HostNetwork.Link> links = new ArrayList<>(plain.links());
            links.add(new HostNetwork.Link("veth1", 9, "ether", Optional.of("br-proxy"), List.of()));
            Map<String, String> sysctls = new HashMap<>(plain.sysctls());
            sysctls.put("net.bridge.bridge-nf-call-iptables", "1");
            sysctls.put("net.ipv4.ip_forward", "0");
            sysctls.put("net.ipv6.conf.all.forwarding", "0");
            HostNetwork bridged = new HostNetwork(links, plain.routes(), plain.rules(), sysctls);
            Firewall firewall = new Firewall(new RulesetReader().read(Askari.json()), bridged);

            Finding finding = firewall.prover().acceptsNothing(from("br-proxy").toOthers());

            assertThat(finding.kind()).isEqualTo(Finding.Kind.UNKNOWN);
            assertThat(finding.describe()).contains("bridge-nf-call-iptables");
        }
    }

    /** The way in over a mesh is proved before the mesh exists. */
    @Test
    void should_answer_for_an_interface_that_a_rule_names_and_the_host_does_not_have_yet() {
        Firewall host = Askari.firewall(withoutIpv6Forwarding(Askari.json()));
        HostNetwork network = host.network();
        HostNetwork before = new HostNetwork(
                network.links().stream().filter(link -> !link.name().equals("wt0")).toList(), network.routes(),
                network.rules(), network.sysctls());
        Prover prover = new Firewall(host.ruleset(), before).prover();

        assertThat(prover.alwaysAccepts(from("wt0").newConnections().toThisHost(), List.of(tcp(22))).describe())
                .startsWith("PROVED");
        assertThat(prover.alwaysAccepts(from("wt0").newConnections().toThisHost(), List.of(tcp(23))).describe())
                .startsWith("REFUTED");
    }

    @Test
    void should_name_the_interfaces_when_the_question_names_another_one() {
        assertThatThrownBy(() -> askari.neverAccepts(from("eth7"), List.of(tcp(22))))
                .hasMessage("The host has no interface \"eth7\"; it has lo, eth0, docker0, br-proxy, wt0");
    }

    private static Packet packet(Finding finding) {
        assertThat(finding.kind()).isEqualTo(Finding.Kind.REFUTED);
        return finding.example().orElseThrow().packet();
    }

    /** Askari's default: Docker forwards IPv4 only; the listing alone would let IPv6 pass through. */
    private static String withoutIpv6Forwarding(String json) {
        return json.replace(
                "\"table\": \"filter\", \"name\": \"FORWARD\", \"handle\": 2, \"type\": \"filter\", \"hook\": \"forward\", "
                        + "\"prio\": 0, \"policy\": \"accept\"",
                "\"table\": \"filter\", \"name\": \"FORWARD\", \"handle\": 2, \"type\": \"filter\", \"hook\": \"forward\", "
                        + "\"prio\": 0, \"policy\": \"drop\"");
    }
}
