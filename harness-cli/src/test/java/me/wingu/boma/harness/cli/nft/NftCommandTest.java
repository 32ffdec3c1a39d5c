package me.wingu.boma.harness.cli.nft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import me.wingu.boma.harness.cli.Terminal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private final Terminal terminal = new Terminal();

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
        assertThat(terminal.run(
                        "nft", "explain", "--in", "eth0", "--from", "203.0.113.7", "--to", "192.0.2.1", "-p", "22/tcp", file))
                .isZero();
        assertThat(terminal.out()).contains("DROP", "inet filter input: policy drop", "the destination port is 22");
    }

    @Test
    void should_list_what_is_exposed_to_both_ip_versions() {
        assertThat(terminal.run("nft", "exposure", "--from", "eth0", file)).isZero();
        assertThat(terminal.out()).containsPattern("v4 +tcp +443 +any +this host").containsPattern("v6 +tcp +443");
    }

    @Test
    void should_exit_0_for_what_is_proved_and_1_for_what_is_refuted() {
        assertThat(terminal.run("nft", "prove", "--from", "eth0", "--only", "443/tcp", file)).isZero();
        assertThat(terminal.run("nft", "prove", "--from", "eth0", "--only", "80/tcp", file)).isEqualTo(1);
        assertThat(terminal.out()).contains("PROVED: ", "REFUTED: ", "tcp dport 443 accept");
    }

    @Test
    void should_show_a_packet_that_tells_two_rulesets_apart() {
        assertThat(terminal.run("nft", "diff", file, other)).isEqualTo(1);
        assertThat(terminal.out()).contains("REFUTED", "with " + other);
        assertThat(terminal.run("nft", "diff", file, file)).isZero();
    }

    @Test
    void should_print_json_for_machines() {
        terminal.run("nft", "prove", "--json", "--from", "eth0", "--never", "22/tcp", file);
        assertThat(terminal.out()).contains("\"answer\" : \"PROVED\"");
    }

    @Test
    void should_call_wrong_words_and_malformed_rulesets_wrong_usage() throws IOException {
        String broken = Files.writeString(directory.resolve("broken.json"), "{\"nftables\": 7}").toString();

        assertThat(terminal.run("nft", "prove", file)).isEqualTo(2);
        assertThat(terminal.run("nft", "prove", "--only", "what/ever", file)).isEqualTo(2);
        assertThat(terminal.run("nft", "exposure", broken)).isEqualTo(2);
        assertThat(terminal.run("nft", "exposure", directory.resolve("none").toString())).isEqualTo(2);
        assertThat(terminal.err()).contains("Nothing to prove", "The ruleset in " + broken + " cannot be read.", "/nftables", "There is no file");
        assertThat(terminal.err()).doesNotContain("\tat ");
    }

    @Test
    void should_refuse_what_is_told_of_the_host_when_it_is_nothing_or_no_json() throws IOException {
        String empty = Files.writeString(directory.resolve("empty"), "").toString();
        String text = Files.writeString(directory.resolve("text"), "1: lo: <LOOPBACK,UP>").toString();

        assertThat(terminal.run("nft", "prove", "--from", "eth0", "--only", "443/tcp", "--routes", empty, file)).isEqualTo(2);
        assertThat(terminal.run("nft", "prove", "--from", "eth0", "--only", "443/tcp", "--addresses", text, file)).isEqualTo(2);
        assertThat(terminal.err()).contains("What --routes names, " + empty + ", is empty", "Not what `ip -j addr` prints");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void should_not_call_it_agreement_when_there_was_no_file() {
        assertThat(terminal.run("nft", "check-kernel", file, directory.resolve("none").toString())).isEqualTo(2);
        assertThat(terminal.err()).contains("There is no file");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void should_name_the_option_that_a_packet_s_word_belongs_to() {
        assertThat(terminal.run("nft", "explain", "--from", "gateway", "--to", "192.0.2.1", "-p", "22/tcp", file)).isEqualTo(2);
        assertThat(terminal.run("nft", "explain", "--from", "192.0.2.7", "--to", "::1", "-p", "22/tcp", file)).isEqualTo(2);
        assertThat(terminal.run(
                        "nft", "explain", "--sport", "65536", "--from", "192.0.2.7", "--to", "192.0.2.1", "-p", "22/tcp", file))
                .isEqualTo(2);
        assertThat(terminal.err()).contains(
                "--from gateway is no IP address",
                "--from 192.0.2.7 and --to ::1 are of two versions of IP",
                "--sport 65536 is no port: use 0 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"80,443/tcp", "6000-6010/udp", "icmp", "22/tcp from 198.51.100.0/24", "22/tcp through eth0"})
    void should_not_explain_one_packet_in_place_of_many(String what) {
        assertThat(terminal.run("nft", "explain", "--from", "203.0.113.7", "--to", "192.0.2.1", "-p", what, file)).isEqualTo(2);
        assertThat(terminal.err()).contains("-p \"" + what + "\" is more than one packet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"22/tcp", "ping", "icmp type 3"})
    void should_explain_every_kind_of_packet(String what) {
        assertThat(terminal.run("nft", "explain", "--from", "203.0.113.7", "--to", "192.0.2.1", "-p", what, file)).isZero();
    }

    @Test
    void should_not_answer_about_what_nobody_gave() throws IOException {
        String empty = Files.writeString(directory.resolve("empty"), "\n").toString();

        assertThat(terminal.run("nft", "prove", "--from", "wan", "--only", "80/tcp", file)).isEqualTo(2);
        assertThat(terminal.run("nft", "prove", "--from", "", "--only", "80/tcp", file)).isEqualTo(2);
        assertThat(terminal.run("nft", "diff", "-", "-")).isEqualTo(2);
        assertThat(terminal.run("nft", "exposure", "--from", "eth0", empty)).isEqualTo(2);
        assertThat(terminal.run("nft", "exposure", "--from", "eth0", "--this-host", "--routes", empty, file)).isEqualTo(2);
        assertThat(terminal.run("nft", "explain", "--state", "bogus", "--from", "203.0.113.7", "--to", "192.0.2.1", "-p", "22/tcp", file))
                .isEqualTo(2);
        assertThat(terminal.err()).contains(
                "\"wan\" means the interface with the default route", "name of an interface is empty", "Only one of the two",
                "is empty. If the host has no rules", "--this-host reads", "use new, established, related, invalid or untracked");
    }
}
