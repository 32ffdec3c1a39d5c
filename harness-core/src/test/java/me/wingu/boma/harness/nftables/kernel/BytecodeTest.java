package me.wingu.boma.harness.nftables.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.RulesetReader;
import me.wingu.boma.harness.nftables.semantics.RulesetMeaning;
import me.wingu.boma.harness.nftables.semantics.SetContents;
import org.junit.jupiter.api.Test;

class BytecodeTest {

    private static RulesetMeaning rule(String field) {
        String json = """
                {"nftables": [
                {"table": {"family": "inet", "name": "t", "handle": 1}},
                {"chain": {"family": "inet", "table": "t", "name": "c", "handle": 1}},
                {"rule": {"family": "inet", "table": "t", "chain": "c", "handle": 4, "expr": [
                  {"match": {"op": "==", "left": {"payload": {"protocol": "%s", "field": "dport"}}, "right": 22}},
                  {"accept": null}]}}
                ]}
                """.formatted(field);
        return RulesetMeaning.of(new RulesetReader().read(json), HostNetwork.unknown(), SetContents.AS_LISTED);
    }

    /** What nft 1.0.6 prints for {@code tcp dport 22 accept}. */
    private static final String LISTING = """
            inet t c 4
              [ meta load l4proto => reg 1 ]
              [ cmp eq reg 1 0x00000006 ]
              [ payload load 2b @ transport header + 2 => reg 1 ]
              [ cmp eq reg 1 0x00001600 ]
              [ immediate reg 0 accept ]

            """;

    @Test
    void should_find_the_dependency_in_the_model() {
        assertThat(Bytecode.missing(LISTING, rule("tcp"))).isEmpty();
    }

    @Test
    void should_find_the_dependency_of_a_key_that_is_modelled_in_part() {
        String json = """
                {"nftables": [
                {"table": {"family": "inet", "name": "t", "handle": 1}},
                {"chain": {"family": "inet", "table": "t", "name": "c", "handle": 1}},
                {"rule": {"family": "inet", "table": "t", "chain": "c", "handle": 4, "expr": [
                  {"match": {"op": "==",
                    "left": {"concat": [{"payload": {"protocol": "ip", "field": "saddr"}},
                                        {"payload": {"base": "nh", "offset": 32, "len": 32}}]},
                    "right": {"set": [{"concat": ["192.0.2.1", 20]}]}}}]}}
                ]}
                """;
        String listing = """
                inet t c 4
                  [ meta load nfproto => reg 1 ]
                  [ cmp eq reg 1 0x00000002 ]
                  [ payload load 4b @ network header + 12 => reg 1 ]
                  [ payload load 4b @ network header + 4 => reg 9 ]
                  [ lookup reg 1 set __set0 ]

                """;

        assertThat(Bytecode.missing(
                        listing,
                        RulesetMeaning.of(new RulesetReader().read(json), HostNetwork.unknown(), SetContents.AS_LISTED)))
                .isEmpty();
    }

    @Test
    void should_tell_of_a_dependency_that_the_model_does_not_have() {
        assertThat(Bytecode.missing(LISTING, rule("th")))
                .singleElement()
                .asString()
                .contains("inet t c handle 4")
                .contains("L4PROTO 6");
    }
}
