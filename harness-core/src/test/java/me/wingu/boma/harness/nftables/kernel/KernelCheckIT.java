package me.wingu.boma.harness.nftables.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import me.wingu.boma.harness.nftables.RulesetReader;
import me.wingu.boma.harness.nftables.evaluation.Outcome;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import me.wingu.boma.harness.nftables.evaluation.TraceEvent;
import me.wingu.boma.harness.nftables.proof.Arrivals;
import me.wingu.boma.harness.nftables.proof.Finding;
import me.wingu.boma.harness.nftables.proof.Firewall;
import me.wingu.boma.harness.nftables.proof.Traffic;
import me.wingu.boma.harness.nftables.semantics.Ruling;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
class KernelCheckIT {

    private static final Path EXAMPLES = Path.of("/usr/share/doc/nftables/examples");

    @TempDir
    private Path directory;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private Path host() throws IOException {
        try (var text = KernelCheckIT.class.getResourceAsStream("/nftables/host.nft")) {
            Path file = directory.resolve("host.nft");
            Files.copy(Objects.requireNonNull(text), file);
            return file;
        }
    }

    @Test
    void should_agree_with_the_kernel_on_an_ordinary_host() throws IOException {
        KernelCheckResult result = new KernelCheck(1).check(List.of(host()));

        assertThat(result.disagreements()).as(() -> String.join("\n", result.details())).isZero();
        assertThat(result.rulesets()).isEqualTo(1);
        assertThat(result.packets()).isGreaterThan(100);
        assertThat(result.details()).allSatisfy(detail -> assertThat(detail).containsAnyOf("skipped", "limit"));
    }

    @Test
    @EnabledIf("examplesInstalled")
    void should_agree_with_the_kernel_on_the_examples_of_the_package() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            List<Path> rulesets = files.filter(path -> path.toString().endsWith(".nft")).sorted().toList();

            KernelCheckResult result = new KernelCheck(2).check(rulesets);

            assertThat(result.disagreements()).as(() -> String.join("\n", result.details())).isZero();
            assertThat(result.rulesets()).isGreaterThanOrEqualTo(10);
        }
    }

    static boolean examplesInstalled() {
        return Files.isDirectory(EXAMPLES);
    }

    @Test
    void should_agree_on_what_nft_prints_as_text_only() throws IOException {
        Path ruleset = file("text.nft", """
                table inet t {
                	map sticky { type ipv4_addr : inet_service; flags dynamic; size 9; }
                	chain input {
                		type filter hook input priority filter; policy drop;
                		update @sticky { ip saddr : tcp dport }
                		iifname "eth0" jump {
                			tcp dport 22 accept
                			udp dport { 53, 123 } accept
                		}
                		ct state established,related accept
                	}
                	chain forward { type filter hook forward priority filter; policy accept; }
                }
                table ip asleep {
                	flags dormant
                	chain input { type filter hook input priority -5; policy drop; }
                }
                table netdev early {
                	chain eth0 { type filter hook ingress device "eth0" priority 0; policy accept; udp dport 7 drop; }
                }
                """);

        KernelCheckResult result = new KernelCheck(3).check(List.of(ruleset));

        assertThat(result.disagreements()).as(() -> String.join("\n", result.details())).isZero();
        assertThat(result.rulesets()).isEqualTo(1);
        assertThat(result.exactRules()).isEqualTo(result.rules()).isEqualTo(6);
    }

    @Test
    void should_agree_on_translations_of_one_version_and_of_own_packets() throws IOException {
        Path bare = file("bare.nft", """
                table inet f {
                	chain pre { type nat hook prerouting priority dstnat; dnat ip to 10.5.5.5; counter; }
                	chain input { type filter hook input priority filter; policy drop; tcp dport 80 accept; }
                }
                """);
        Path own = file("own.nft", """
                table inet f {
                	chain output { type nat hook output priority -100; tcp dport 4461 redirect to :5000; }
                	chain input { type filter hook input priority filter; policy drop; tcp dport 5000 accept; }
                }
                """);

        Path alone = file("alone.nft", """
                table inet f {
                	chain pre { type nat hook prerouting priority -100; tcp dport 80 dnat ip to 10.5.5.5; }
                	chain out { type nat hook output priority -100; dnat ip to 10.5.5.5; }
                }
                """);

        KernelCheckResult result = new KernelCheck(5).check(List.of(bare, own, alone));

        assertThat(result.disagreements()).as(() -> String.join("\n", result.details())).isZero();
        assertThat(result.rulesets()).isEqualTo(3);
        assertThat(result.details()).anySatisfy(line -> assertThat(line).contains("its trace goes on under another number"));
    }

    @Test
    void should_agree_on_zones_and_kinds_of_devices() throws IOException {
        Path ruleset = file("zones.nft", """
                table inet t {
                	chain raw {
                		type filter hook prerouting priority raw; policy accept;
                		udp dport 7 notrack
                		iifname "eth0" ct zone set 5
                		ct state new counter
                		ct state invalid counter
                		notrack
                	}
                	chain input {
                		type filter hook input priority filter; policy drop;
                		ct state untracked counter
                		meta iifkind "veth" tcp dport 22 accept
                		meta iifkind != "wireguard" tcp dport 23 accept
                		meta oifkind != "wireguard" accept
                	}
                }
                """);

        KernelCheckResult result = new KernelCheck(4).check(List.of(ruleset));

        assertThat(result.disagreements()).as(() -> String.join("\n", result.details())).isZero();
        assertThat(result.exactRules()).isEqualTo(result.rules()).isEqualTo(9);
    }

    @Test
    void should_leave_out_what_the_machine_refuses_and_name_it() throws IOException {
        Path ruleset = file("refused.nft", """
                table ip6 t {
                	chain input {
                		type filter hook input priority filter; policy drop;
                		meta l4proto ipv6-icmp xt match icmp6 counter accept
                		tcp dport 22 accept
                	}
                }
                table bridge b {
                	chain c { type filter hook forward priority 0; ether type arp drop; }
                }
                """);

        KernelCheckResult result = new KernelCheck(4).check(List.of(ruleset));

        assertThat(result.disagreements()).as(() -> String.join("\n", result.details())).isZero();
        assertThat(result.rules()).isEqualTo(3);
        assertThat(result.exactRules()).isEqualTo(2);
        assertThat(result.details())
                .anySatisfy(detail -> assertThat(detail).contains("cannot be loaded here").contains("xt match icmp6"))
                .anySatisfy(detail -> assertThat(detail).contains("a table of the family bridge"));
    }

    /** Every refutation is a packet that the kernel lets through as the model says. */
    @Test
    void should_let_the_kernel_confirm_a_refutation() throws IOException {
        Path ruleset = host();
        Firewall firewall = Firewall.of(new RulesetReader().read(resource("/nftables/host.json")));
        Finding finding = firewall.prover().acceptsOnly(Arrivals.from("wt0"), List.of(Traffic.udp(9)));

        KernelCheckResult result = new KernelCheck(5).check(ruleset, List.of(finding.example().orElseThrow()));

        assertThat(finding.kind()).isEqualTo(Finding.Kind.REFUTED);
        assertThat(result.disagreements()).as(() -> String.join("\n", result.details())).isZero();
    }

    private static String resource(String name) throws IOException {
        try (var text = KernelCheckIT.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void should_count_a_file_that_does_not_load() throws IOException {
        KernelCheckResult result = new KernelCheck(1).check(List.of(file("broken.nft", "table inet {")));

        assertThat(result.notLoadable()).isEqualTo(1);
        assertThat(result.details()).singleElement().asString().contains("broken.nft cannot be loaded here");
    }

    @Test
    void should_catch_a_trace_parser_that_overlooks_rules() throws IOException {
        KernelCheck sabotaged = new KernelCheck(1, Judge::model, line -> TraceLine.parse(line)
                .filter(parsed -> parsed.kind() != TraceLine.Kind.RULE || parsed.chain().startsWith(Batch.TABLE)));

        assertThat(sabotaged.check(List.of(host())).disagreements()).isPositive();
    }

    @Test
    void should_catch_a_trace_parser_that_overlooks_everything() throws IOException {
        KernelCheck sabotaged = new KernelCheck(1, Judge::model,
                line -> TraceLine.parse(line).filter(parsed -> !parsed.text().contains("203.0.113.254")
                        && !parsed.chain().equals("inet filter input")));

        assertThat(sabotaged.check(List.of(host())).agrees()).isFalse();
    }

    @Test
    void should_catch_an_evaluator_that_takes_every_drop_for_an_accept() throws IOException {
        KernelCheck sabotaged = new KernelCheck(1, ruleset -> lenient(Judge.model(ruleset)), TraceLine::parse);

        assertThat(sabotaged.check(List.of(host())).disagreements()).isPositive();
    }

    private static Judge lenient(Judge honest) {
        return new Judge() {
            @Override
            public List<Outcome> outcomes(Packet packet) {
                return honest.outcomes(packet).stream().map(KernelCheckIT::lenient).toList();
            }

            @Override
            public List<Outcome> beforeRouting(Packet packet) {
                return honest.beforeRouting(packet);
            }

            @Override
            public boolean tracksConnections(boolean v6) {
                return honest.tracksConnections(v6);
            }
        };
    }

    private static Outcome lenient(Outcome outcome) {
        List<TraceEvent> trace = new ArrayList<>();
        for (TraceEvent event : outcome.trace()) {
            boolean drop = event.ruling().kind() == Ruling.Kind.DROP;
            trace.add(drop ? new TraceEvent(event.chain(), event.rule(), Ruling.of(Ruling.Kind.ACCEPT)) : event);
        }
        return new Outcome(outcome.verdict(), outcome.path(), trace, Optional.empty(), outcome.last(), outcome.notes());
    }
}
