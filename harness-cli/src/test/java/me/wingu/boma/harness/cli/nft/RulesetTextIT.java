package me.wingu.boma.harness.cli.nft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import me.wingu.boma.harness.cli.Terminal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rulesets given as text, which nft itself translates in a network namespace. */
@Tag("integration")
class RulesetTextIT {

    private static final String RULESET =
            """
            table inet filter {
                chain input {
                    type filter hook input priority filter; policy drop;
                    iif "wan0" jump {
                        tcp dport 443 accept
                        tcp dport 80 reject
                    }
                }
            }
            """;

    private final Terminal terminal = new Terminal();

    @TempDir
    private Path directory;

    @Test
    void should_see_the_rules_of_a_chain_without_a_name() throws IOException {
        String file = Files.writeString(directory.resolve("firewall.nft"), RULESET).toString();

        assertThat(terminal.run(
                        "nft", "explain", "--in", "wan0", "--from", "203.0.113.7", "--to", "192.0.2.1", "-p", "443/tcp", file))
                .isZero();
        assertThat(terminal.out()).contains("ACCEPT", "tcp dport 443 accept").doesNotContain("UNKNOWN");
        assertThat(terminal.run("nft", "prove", "--from", "wan0", "--only", "443/tcp", file)).as(terminal.out()).isZero();
        assertThat(terminal.run("nft", "prove", "--from", "wan0", "--only", "80/tcp", file)).isEqualTo(1);
    }

    @Test
    void should_know_what_is_left_open_by_extensions_of_iptables() throws IOException {
        String file = Files.writeString(
                        directory.resolve("ufw.nft"),
                        RULESET.replace("tcp dport 443 accept", "tcp dport 443 xt match recent counter accept comment \"xt match it\"")
                                .replace("tcp dport 80 reject", "tcp dport 80 accept"))
                .toString();

        assertThat(terminal.run("nft", "prove", "--from", "wan0", "--only", "80/tcp", "--only", "443/tcp", file)).as(terminal.out()).isZero();
        assertThat(terminal.run("nft", "prove", "--from", "wan0", "--only", "80/tcp", file)).isEqualTo(1);
        assertThat(terminal.out()).contains("UNKNOWN", "recent");
    }

    @Test
    void should_keep_the_ip_version_of_a_reset_that_nft_lists_without() throws IOException {
        String written = """
                flush ruleset
                table inet f {
                    chain input {
                        type filter hook input priority filter; policy accept;
                        meta nfproto ipv4 tcp dport 22 log prefix "no: " reject with tcp reset
                        %s tcp dport 22 reject with tcp reset comment "reject with tcp reset"
                    }
                }
                """;
        String one = Files.writeString(directory.resolve("one.nft"), written.formatted("meta nfproto ipv4")).toString();
        String both = Files.writeString(directory.resolve("both.nft"), written.formatted("")).toString();

        assertThat(terminal.run("nft", "prove", "--from", "eth0", "--never", "22/tcp", one)).isEqualTo(1);
        assertThat(terminal.out()).contains("REFUTED", "2001:db8");
        assertThat(terminal.run("nft", "prove", "--from", "eth0", "--never", "22/tcp", both)).as(terminal.out()).isZero();
    }

    @Test
    void should_not_believe_a_listing_that_resets_both_ip_versions() throws IOException {
        String listed = """
                table inet f {
                	chain input {
                		type filter hook input priority filter; policy %s;
                		tcp dport 22 reject with tcp reset
                	}
                }
                """;
        String open = Files.writeString(directory.resolve("open.nft"), listed.formatted("accept")).toString();
        String shut = Files.writeString(directory.resolve("shut.nft"), listed.formatted("drop")).toString();

        assertThat(terminal.run("nft", "prove", "--from", "eth0", "--never", "22/tcp", open)).isEqualTo(1);
        assertThat(terminal.out()).contains("UNKNOWN", "one version of IP only", "write \"counter\"");
        assertThat(terminal.run("nft", "prove", "--from", "eth0", "--never", "22/tcp", shut)).as(terminal.out()).isZero();
    }

    @Test
    void should_not_call_it_agreement_when_nothing_could_be_loaded() throws IOException {
        String file = Files.writeString(directory.resolve("broken.nft"), "table inet filter {\n").toString();

        assertThat(terminal.run("nft", "check-kernel", file)).isEqualTo(3);
        assertThat(terminal.out()).contains("broken.nft cannot be loaded here", "0 rulesets");
    }

    @Test
    void should_say_what_nft_says_of_a_text_that_it_refuses() throws IOException {
        String file = Files.writeString(directory.resolve("broken.nft"), "table inet filter { chain input { tcp dport } }\n")
                .toString();

        assertThat(terminal.run("nft", "exposure", "--from", "eth0", file)).isEqualTo(2);
        assertThat(terminal.err()).contains("nft does not load the ruleset in " + file, "syntax error");
    }
}
