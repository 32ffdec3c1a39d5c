package me.wingu.boma.harness.nftables.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import me.wingu.boma.harness.nftables.BaseChain;
import me.wingu.boma.harness.nftables.Chain;
import me.wingu.boma.harness.nftables.Family;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.Table;
import me.wingu.boma.harness.nftables.Verdict;
import org.junit.jupiter.api.Test;

class ListedTextTest {

    private static final String TEXT = """
            table inet filter {
            	chain input {
            		type filter hook input priority filter; policy drop;
            		iifname "eth0" jump {
            			tcp dport 22 accept
            			udp dport { 53, 123 } accept
            		}
            		accept
            	}
            }
            table ip nat {
            	comment "spare"
            	flags dormant

            	chain post {
            	}
            }
            """;

    @Test
    void should_name_the_chains_in_braces() {
        ListedText text = new ListedText(TEXT);

        assertThat(text.hasChainsInBraces()).isTrue();
        assertThat(text.withNamedChains()).isEqualTo("""
                table inet filter {
                	chain input {
                		type filter hook input priority filter; policy drop;
                		iifname "eth0" jump unnamed1
                		accept
                	}
                chain unnamed1 {
                			tcp dport 22 accept
                			udp dport { 53, 123 } accept
                }
                }
                table ip nat {
                	comment "spare"
                	flags dormant

                	chain post {
                	}
                }
                """);
    }

    @Test
    void should_leave_a_text_without_such_chains_as_it_is() {
        String plain = "table ip t {\n\tchain c {\n\t\taccept\n\t}\n}\n";

        assertThat(new ListedText(plain).hasChainsInBraces()).isFalse();
        assertThat(new ListedText(plain).withNamedChains()).isEqualTo(plain);
    }

    @Test
    void should_take_the_flags_of_tables_from_the_text() {
        Ruleset listed = new Ruleset(
                Optional.of("1.0.6"), List.of(table(Family.INET, "filter"), table(Family.IP, "nat")), List.of());

        Ruleset read = new ListedText(TEXT).complete(listed);

        assertThat(read.table(Family.INET, "filter").orElseThrow().dormant()).isFalse();
        assertThat(read.table(Family.IP, "nat").orElseThrow().dormant()).isTrue();
    }

    @Test
    void should_take_the_devices_of_chains_from_the_text() {
        BaseChain hook = new BaseChain("filter", "ingress", 0, Verdict.Kind.ACCEPT, List.of());
        Chain chain = new Chain(Family.NETDEV, "t", "c", 1, Optional.of(hook), List.of());
        Table table = new Table(
                Family.NETDEV, "t", 1, Set.of(), List.of(chain), List.of(), List.of(), List.of());
        String text = """
                table netdev t {
                	chain c {
                		type filter hook ingress devices = { "eth0", eth1 } priority filter; policy accept;
                	}
                }
                """;

        Ruleset read = new ListedText(text).complete(new Ruleset(Optional.empty(), List.of(table), List.of()));

        assertThat(read.chains()).singleElement().satisfies(each ->
                assertThat(each.base().orElseThrow().devices()).containsExactly("eth0", "eth1"));
    }

    /** As nft 1.0.6 prints it: a flag is there, its name is not. */
    private static Table table(Family family, String name) {
        return new Table(family, name, 1, Set.of("t"), List.of(), List.of(), List.of(), List.of());
    }
}
