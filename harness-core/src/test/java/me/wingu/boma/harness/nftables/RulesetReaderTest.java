package me.wingu.boma.harness.nftables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesetReaderTest {

    private static final String CHAINS = """
            {"table": {"family": "inet", "name": "t", "handle": 1}},
            {"chain": {"family": "inet", "table": "t", "name": "in", "handle": 1, "type": "filter",
              "hook": "input", "prio": 0, "policy": "drop"}}""";

    private final RulesetReader reader = new RulesetReader();

    private Ruleset with(String... objects) {
        return reader.read("{\"nftables\": [" + CHAINS + (objects.length == 0 ? "" : ",") + String.join(",", objects) + "]}");
    }

    private String text(String statements) {
        Ruleset ruleset = with("{\"rule\": {\"family\": \"inet\", \"table\": \"t\", \"chain\": \"in\", \"handle\": 7, \"expr\": ["
                + statements + "]}}");
        return ruleset.rules().findFirst().orElseThrow().text();
    }

    @Test
    void should_read_tables_and_base_chains() {
        Chain chain = with().table(Family.INET, "t").orElseThrow().chain("in").orElseThrow();

        assertThat(chain.base()).hasValueSatisfying(base -> {
            assertThat(base.hook()).isEqualTo("input");
            assertThat(base.policy()).isEqualTo(Verdict.Kind.DROP);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', value = {
        "{\"match\": {\"op\": \"==\", \"left\": {\"payload\": {\"protocol\": \"tcp\", \"field\": \"dport\"}}, \"right\": 22}} => tcp dport 22",
        "{\"match\": {\"op\": \"in\", \"left\": {\"ct\": {\"key\": \"state\"}}, \"right\": [\"new\"]}} => ct state new",
        "{\"vmap\": {\"key\": {\"meta\": {\"key\": \"mark\"}}, \"data\": {\"set\": [[1, {\"goto\": {\"target\": \"x\"}}]]}}} => meta mark vmap { 1 : goto x }",
        "{\"dnat\": {\"family\": \"ip6\", \"addr\": \"fd00::1\", \"port\": 80}} => dnat ip6 to [fd00::1]:80",
        "{\"mangle\": {\"key\": {\"ct\": {\"key\": \"mark\"}}, \"value\": {\"|\": [{\"meta\": {\"key\": \"mark\"}}, 1]}}} => ct mark set meta mark | 1",
    })
    void should_say_rules_in_the_words_of_nft(String statement, String expected) {
        assertThat(text(statement)).isEqualTo(expected);
    }

    @Test
    void should_keep_what_it_does_not_know_in_the_rule() {
        assertThat(text("{\"teleport\": {\"to\": \"mars\"}}")).isEqualTo("{\"teleport\":{\"to\":\"mars\"}}");
    }

    @Test
    void should_keep_a_known_statement_with_an_unknown_attribute_as_unknown() {
        assertThat(text("{\"redirect\": {\"port\": 80, \"colour\": 1}}")).startsWith("{\"redirect\"");
    }

    @Test
    void should_keep_unknown_objects_with_their_place() {
        assertThat(with("{\"hologram\": {\"name\": \"x\"}}").unrecognised())
                .containsExactly(new Ruleset.Unrecognised("/nftables/2", "{\"hologram\":{\"name\":\"x\"}}"));
    }

    @Test
    void should_read_rules_that_stand_before_their_chain() {
        Ruleset ruleset = reader.read("""
                {"nftables": [
                  {"rule": {"family": "ip", "table": "t", "chain": "c", "handle": 3, "expr": [{"accept": null}]}},
                  {"table": {"family": "ip", "name": "t"}},
                  {"chain": {"family": "ip", "table": "t", "name": "c"}}]}""");

        assertThat(ruleset.rules()).hasSize(1);
    }

    @Test
    void should_name_the_line_of_broken_json() {
        assertThatExceptionOfType(RulesetFormatException.class)
                .isThrownBy(() -> reader.read("{\"nftables\": [\n  {\"table\": }]}"))
                .satisfies(e -> assertThat(e.place()).startsWith("line 2"));
    }

    @Test
    void should_name_the_place_of_a_missing_member() {
        assertThatExceptionOfType(RulesetFormatException.class)
                .isThrownBy(() -> text("{\"match\": {\"op\": \"==\", \"left\": 1}}"))
                .withMessageContaining("/nftables/2/rule/expr/0/match")
                .withMessageContaining("\"right\" is missing");
    }

    @Test
    void should_refuse_a_rule_whose_chain_is_not_in_the_input() {
        assertThatExceptionOfType(RulesetFormatException.class)
                .isThrownBy(() -> with("{\"rule\": {\"family\": \"inet\", \"table\": \"t\", \"chain\": \"out\", \"handle\": 7}}"))
                .withMessageContaining("the chain \"out\", which is not in the input");
    }
}
