package me.wingu.boma.harness.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.guest.Shell;
import org.junit.jupiter.api.Test;

class GuestCollectorTest {

    private static final String[] ASKED = {
        "nft-ruleset.txt", "docker-ps.txt", "sockets.txt", "journal.txt", "critical-chain.txt", "failed-units.txt",
        "addresses.txt", "cloud-init.txt"
    };

    @Test
    void should_keep_each_answer_in_its_file() {
        Map<String, String> answers = collect("""

                === boma-it collects nft-ruleset.txt
                table inet filter {

                  chain input { }
                }

                === boma-it collects docker-ps.txt
                sh: 1: docker: not found
                """);

        assertThat(answers)
                .containsExactly(
                        Map.entry("nft-ruleset.txt", "table inet filter {\n\n  chain input { }\n}\n"),
                        Map.entry("docker-ps.txt", "sh: 1: docker: not found\n"));
    }

    @Test
    void should_pass_over_what_comes_before_the_first_answer() {
        assertThat(collect("Debian GNU/Linux 13\n\n=== boma-it collects sockets.txt\nLISTEN\n"))
                .containsExactly(Map.entry("sockets.txt", "LISTEN\n"));
    }

    @Test
    void should_keep_an_empty_answer() {
        assertThat(collect("\n=== boma-it collects a.txt\n\n=== boma-it collects b.txt\n"))
                .containsExactly(Map.entry("a.txt", "\n"), Map.entry("b.txt", "\n"));
    }

    @Test
    void should_take_a_journal_of_many_lines() {
        String journal = "Jan 01 00:00:00 demo systemd[1]: a line\n".repeat(20_000);

        assertThat(collect("\n=== boma-it collects journal.txt\n" + journal)).containsEntry("journal.txt", journal);
    }

    @Test
    void should_answer_every_question_by_a_real_shell_even_without_the_tools() {
        Shell bare = (script, deadline) -> dash("PATH=/nowhere\n" + script);

        Map<String, String> answers = new GuestCollector().collect(bare);

        assertThat(answers).containsOnlyKeys(ASKED);
        assertThat(answers.get("nft-ruleset.txt")).contains("nft").contains("not found");
    }

    private static Map<String, String> collect(String output) {
        return new GuestCollector()
                .collect((script, deadline) -> new CommandResult(0, output, "", Duration.ofSeconds(1)));
    }

    private static CommandResult dash(String script) {
        try {
            Process process = new ProcessBuilder("/bin/sh", "-s").start();
            try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
                in.write(script);
            }
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new CommandResult(0, out, "", Duration.ofSeconds(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
