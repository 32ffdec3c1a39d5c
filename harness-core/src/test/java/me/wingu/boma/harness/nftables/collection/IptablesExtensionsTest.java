package me.wingu.boma.harness.nftables.collection;

import static org.assertj.core.api.Assertions.assertThat;

import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.RulesetReader;
import me.wingu.boma.harness.nftables.Statement;
import org.junit.jupiter.api.Test;

class IptablesExtensionsTest {

    @Test
    void should_have_log_statements_stand_in_for_them() {
        assertThat(IptablesExtensions.standIns("tcp dport 22 xt match recent counter xt target \"CHECKSUM\"\n"))
                .isEqualTo("tcp dport 22 log prefix \"extension of iptables: match recent\" counter"
                        + " log prefix \"extension of iptables: target CHECKSUM\"\n");
    }

    @Test
    void should_leave_everything_else_as_it_is() {
        String listing = "tcp dport 22 log prefix \"xt match recent\" accept comment \"an xt target LOG\"\n";

        assertThat(IptablesExtensions.standIns(listing)).isEqualTo(listing);
    }

    @Test
    void should_be_back_in_their_places_once_the_text_is_loaded() {
        Ruleset loaded = new RulesetReader().read("""
                {"nftables": [
                  {"table": {"family": "ip", "name": "filter", "handle": 1}},
                  {"chain": {"family": "ip", "table": "filter", "name": "user", "handle": 1}},
                  {"rule": {"family": "ip", "table": "filter", "chain": "user", "handle": 2, "expr": [
                    {"log": {"prefix": "extension of iptables: match recent"}},
                    {"log": {"prefix": "other"}},
                    {"drop": null}]}}]}
                """);

        assertThat(IptablesExtensions.restore(loaded).rules().findFirst().orElseThrow().statements())
                .first()
                .isEqualTo(new Statement.Xt("match", "recent"));
        assertThat(IptablesExtensions.restore(loaded).rules().findFirst().orElseThrow().statements())
                .filteredOn(Statement.Observe.class::isInstance)
                .hasSize(1);
    }
}
