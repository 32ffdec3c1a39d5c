package me.wingu.boma.harness.cli.nft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import me.wingu.boma.harness.cli.BomaIt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NftCommandTest {

    private static final String RULESET =
            """
            {"nftables": [
            {"table": {"family": "inet", "name": "filter", "handle": 1}},
            {"chain": {"family": "inet", "table": "filter", "name": "input", "handle": 1, "type": "filter",
              "hook": "input", "prio": 0, "policy": "drop"}},
            {"rule": {"family": "inet", "table": "filter", "chain": "input", "handle": 2, "expr": [
              {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 443}},
              {"accept": null}]}}
            ]}
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private String file = "";
    private String other = "";

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("one.json"), RULESET).toString();
        other = Files.writeString(directory.resolve("other.json"), RULESET.replace("443", "22")).toString();
    }

    @Test
    void should_explain_one_packet() {
        assertThat(run("explain", "--in", "eth0", "--from", "203.0.113.7", "--to", "192.0.2.1", "-p", "22/tcp", file))
                .isZero();
        assertThat(out.toString()).contains("DROP", "inet filter input: policy drop", "the destination port is 22");
    }

    @Test
    void should_list_what_is_exposed_to_both_ip_versions() {
        assertThat(run("exposure", "--from", "eth0", file)).isZero();
        assertThat(out.toString()).containsPattern("v4 +tcp +443 +any +this host").containsPattern("v6 +tcp +443");
    }

    @Test
    void should_exit_0_for_what_is_proved_and_1_for_what_is_refuted() {
        assertThat(run("prove", "--from", "eth0", "--only", "443/tcp", file)).isZero();
        assertThat(run("prove", "--from", "eth0", "--only", "80/tcp", file)).isEqualTo(1);
        assertThat(out.toString()).contains("PROVED: ", "REFUTED: ", "tcp dport 443 accept");
    }

    @Test
    void should_show_a_packet_that_tells_two_rulesets_apart() {
        assertThat(run("diff", file, other)).isEqualTo(1);
        assertThat(out.toString()).contains("REFUTED", "with " + other);
        assertThat(run("diff", file, file)).isZero();
    }

    @Test
    void should_print_json_for_machines() {
        run("prove", "--json", "--from", "eth0", "--never", "22/tcp", file);
        assertThat(out.toString()).contains("\"answer\" : \"PROVED\"");
    }

    @Test
    void should_call_wrong_words_and_malformed_rulesets_wrong_usage() throws IOException {
        String broken = Files.writeString(directory.resolve("broken.json"), "{\"nftables\": 7}").toString();

        assertThat(run("prove", file)).isEqualTo(2);
        assertThat(run("prove", "--only", "what/ever", file)).isEqualTo(2);
        assertThat(run("exposure", broken)).isEqualTo(2);
        assertThat(run("exposure", directory.resolve("none").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("Nothing to prove", "/nftables", "There is no file");
        assertThat(err.toString()).doesNotContain("\tat ");
    }

    private int run(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "nft";
        System.arraycopy(words, 0, all, 1, words.length);
        return BomaIt.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
