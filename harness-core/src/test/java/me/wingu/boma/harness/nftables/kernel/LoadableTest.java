package me.wingu.boma.harness.nftables.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoadableTest {

    private static final String TEXT = """
            table inet t {
            	flowtable f {
            		hook ingress priority filter
            		devices = { eth0 }
            	}
            	chain c {
            		ip protocol tcp flow add @f
            		tcp dport 22 xt match recent counter accept
            		tcp dport 80 accept
            	}
            }
            """;

    @Test
    void should_write_a_priority_as_a_number_where_an_older_nft_knows_no_name() {
        assertThat(new Loadable("type nat hook output priority dstnat; policy accept;").text())
                .isEqualTo("type nat hook output priority -100; policy accept;\n");
        assertThat(new Loadable("type nat hook output priority dstnat + 5; policy accept;").text())
                .isEqualTo("type nat hook output priority -95; policy accept;\n");
        assertThat(new Loadable("type nat hook prerouting priority dstnat; policy accept;").text())
                .isEqualTo("type nat hook prerouting priority dstnat; policy accept;\n");
    }

    @Test
    void should_leave_out_the_rule_that_nft_refuses() {
        Loadable ruleset = new Loadable(TEXT);

        assertThat(ruleset.leaveOut("/dev/stdin:8:16-31: Error: unsupported xtables compat expression\n\t\ttcp")).isTrue();

        assertThat(ruleset.text()).doesNotContain("recent").contains("flow add @f").contains("tcp dport 80 accept");
        assertThat(ruleset.leftOut())
                .containsExactly("tcp dport 22 xt match recent counter accept: unsupported xtables compat expression");
    }

    @Test
    void should_leave_out_a_flow_table_with_the_rules_that_use_it() {
        Loadable ruleset = new Loadable(TEXT);

        assertThat(ruleset.leaveOut("/dev/stdin:2:12-12: Error: Could not process rule: No such file or directory")).isTrue();

        assertThat(ruleset.text()).doesNotContain("flowtable").doesNotContain("devices").doesNotContain("@f");
        assertThat(ruleset.leftOut()).hasSize(2).first().asString().startsWith("flowtable f: ");
    }

    @Test
    void should_not_mend_a_text_that_is_no_ruleset() {
        assertThat(new Loadable(TEXT).leaveOut("/dev/stdin:9:3-5: Error: syntax error, unexpected string")).isFalse();
    }

    @Test
    void should_not_leave_out_a_whole_chain() {
        assertThat(new Loadable(TEXT).leaveOut("/dev/stdin:6:8-8: Error: Could not process rule: Not supported")).isFalse();
    }

    @Test
    void should_leave_out_what_iptables_wrote_from_json() {
        Loadable ruleset = new Loadable("{\"nftables\":[{\"table\":{\"family\":\"ip\",\"name\":\"t\"}},"
                + "{\"rule\":{\"expr\":[{\"xt\":{\"type\":\"match\",\"name\":\"recent\"}}]}},{\"rule\":{\"expr\":[{\"accept\":null}]}}]}");

        assertThat(ruleset.text()).contains("accept").doesNotContain("xt");
        assertThat(ruleset.leftOut()).singleElement().asString().contains("recent");
    }
}
