package me.wingu.boma.harness.nftables.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.RulesetReader;
import me.wingu.boma.harness.nftables.evaluation.Answer;
import me.wingu.boma.harness.nftables.evaluation.Evaluator;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Proofs tell addresses apart only as far as somebody names them. Drawn rulesets name them in every way that nft has; about
 * each of them and its neighbours, the proof must say what the evaluator says.
 */
class AddressesTest {

    private static final String TABLE = "\"family\":\"inet\",\"table\":\"drawn\"";
    private static final String SOURCE = "{\"payload\":{\"protocol\":\"ip\",\"field\":\"saddr\"}}";
    private static final int PORT = 22;
    private static final int RULES = 7;
    private static final int RULESETS = 8;

    private final Random random = new Random(1);
    private final Set<Long> bounds = new TreeSet<>();

    /** What a ruleset does with addresses besides comparing them whole. */
    private enum Use {
        COMPARED,
        MASKED,
        WRITTEN
    }

    @ParameterizedTest
    @EnumSource(Use.class)
    void should_be_told_apart_as_the_evaluator_does(Use use) {
        Set<Finding.Kind> seen = EnumSet.noneOf(Finding.Kind.class);
        for (int ruleset = 0; ruleset < RULESETS; ruleset++) {
            bounds.clear();
            seen.addAll(sameAnswers(ruleset(use)));
        }
        assertThat(seen).containsExactlyInAnyOrder(Finding.Kind.PROVED, Finding.Kind.REFUTED);
    }

    private Set<Finding.Kind> sameAnswers(String json) {
        Firewall firewall = Firewall.of(new RulesetReader().read(json));
        Evaluator evaluator = new Evaluator(firewall.meaning());
        Set<Finding.Kind> seen = EnumSet.noneOf(Finding.Kind.class);
        for (long number : neighbours()) {
            String client = text(number);
            Packet packet = Packet.tcp(IpAddress.of(client), IpAddress.of("203.0.113.5"), PORT).withInput("eth0");
            boolean accepted = evaluator.verdict(packet) == Answer.ACCEPT;

            Finding finding = firewall.prover()
                    .neverAccepts(Arrivals.from("eth0").newConnections(), List.of(Traffic.tcp(PORT).from(client)));

            assertThat(finding.kind())
                    .as("%s, before%n%s", finding.describe(), json)
                    .isEqualTo(accepted ? Finding.Kind.REFUTED : Finding.Kind.PROVED);
            seen.add(finding.kind());
        }
        return seen;
    }

    private List<Long> neighbours() {
        List<Long> all = new ArrayList<>();
        bounds.forEach(bound -> Stream.of(bound - 1, bound, bound + 1).forEach(all::add));
        return all.stream().distinct().toList();
    }

    private String ruleset(Use use) {
        List<String> objects = new ArrayList<>(List.of(
                "{\"table\":{\"family\":\"inet\",\"name\":\"drawn\",\"handle\":1}}",
                chain("early", "prerouting", -300, "accept"),
                chain("in", "input", 0, random.nextBoolean() ? "accept" : "drop")));
        int handle = 10;
        if (use == Use.WRITTEN) {
            String write = "{\"mangle\":{\"key\":" + SOURCE + ",\"value\":" + quoted(draw()) + "}}";
            objects.add(rule("early", handle++, match(use) + "," + write));
        }
        for (int rule = 0; rule < RULES; rule++) {
            objects.add(rule("in", handle++, match(use) + ",{\"" + (rule % 2 == 0 ? "accept" : "drop") + "\":null}"));
        }
        return "{\"nftables\":[" + String.join(",", objects) + "]}";
    }

    private static String chain(String name, String hook, int priority, String policy) {
        return "{\"chain\":{" + TABLE + ",\"name\":\"" + name + "\",\"handle\":2,\"type\":\"filter\",\"hook\":\"" + hook
                + "\",\"prio\":" + priority + ",\"policy\":\"" + policy + "\"}}";
    }

    private static String rule(String chain, int handle, String expressions) {
        return "{\"rule\":{" + TABLE + ",\"chain\":\"" + chain + "\",\"handle\":" + handle + ",\"expr\":[" + expressions
                + "]}}";
    }

    private String match(Use use) {
        String equal = random.nextInt(4) == 0 ? "!=" : "==";
        String left = SOURCE;
        String right =
                switch (random.nextInt(use == Use.MASKED ? 6 : 5)) {
                    case 0 -> prefix();
                    case 1 -> range();
                    case 2 -> "{\"set\":[" + quoted(draw()) + "," + range() + "," + prefix() + "]}";
                    case 5 -> {
                        left = "{\"&\":[" + SOURCE + ",\"0.0.0.15\"]}";
                        yield quoted(random.nextInt(16));
                    }
                    default -> quoted(draw());
                };
        return "{\"match\":{\"op\":\"" + equal + "\",\"left\":" + left + ",\"right\":" + right + "}}";
    }

    private String prefix() {
        int length = 20 + random.nextInt(11);
        long first = draw() >> (32 - length) << (32 - length);
        bounds.add(first);
        bounds.add(first + (1L << (32 - length)) - 1);
        return "{\"prefix\":{\"addr\":" + quoted(first) + ",\"len\":" + length + "}}";
    }

    private String range() {
        long low = draw();
        long high = low + 1 + random.nextInt(500);
        bounds.add(high);
        return "{\"range\":[" + quoted(low) + "," + quoted(high) + "]}";
    }

    /** Few enough addresses for drawn prefixes and ranges to overlap. */
    private long draw() {
        long drawn = (198L << 24 | 51L << 16) + random.nextInt(2_048);
        bounds.add(drawn);
        return drawn;
    }

    private static String quoted(long address) {
        return "\"" + text(address) + "\"";
    }

    private static String text(long address) {
        return (address >> 24 & 255) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }
}
