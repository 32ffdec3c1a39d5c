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
    void should_say_what_nft_says_of_a_text_that_it_refuses() throws IOException {
        String file = Files.writeString(directory.resolve("broken.nft"), "table inet filter { chain input { tcp dport } }\n")
                .toString();

        assertThat(terminal.run("nft", "exposure", "--from", "eth0", file)).isEqualTo(2);
        assertThat(terminal.err()).contains("nft does not load this ruleset", "syntax error");
    }
}
