package me.wingu.boma.harness.nftables.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.wingu.boma.harness.nftables.evaluation.Answer;
import me.wingu.boma.harness.nftables.evaluation.Evaluator;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import org.junit.jupiter.api.Test;

/**
 * Flips one thing at a time in askari's ruleset and sees whether the questions of its operator notice.
 *
 * <p>Whether a flip changes anything is decided by the evaluator, on packets that were drawn; the score counts those.
 */
class MutationScoreTest {

    private static final Pattern NUMBER = Pattern.compile("\"right\": (\\d+)");
    private static final Arrivals WAN = Arrivals.from("eth0").newConnections();
    private static final Arrivals MESH = Arrivals.from("wt0").newConnections();
    private static final Traffic ADMIN = Traffic.tcp(22).from("198.51.100.10", "2001:db8:10::10");

    private final String original = Askari.closedToIpv6Transit();
    private final List<Packet> packets = new ArrayList<>(new SampledPackets(11).of("eth0", 300));

    MutationScoreTest() {
        packets.addAll(new SampledPackets(12).of("wt0", 150));
    }

    @Test
    void should_notice_every_flip_that_changes_what_happens_to_a_packet() {
        assertThat(broken(original)).as("properties broken before any flip").isEmpty();
        List<String> behaviour = behaviour(original);
        Prover prover = Askari.firewall(original).prover();
        List<String> unnoticed = new ArrayList<>();
        List<String> undistinguished = new ArrayList<>();
        int changing = 0;
        Map<String, String> mutants = mutants();
        for (Map.Entry<String, String> mutant : mutants.entrySet()) {
            if (behaviour(mutant.getValue()).equals(behaviour)) {
                continue;
            }
            changing++;
            if (broken(mutant.getValue()).isEmpty()) {
                unnoticed.add(mutant.getKey());
            }
            Prover flipped = Askari.firewall(mutant.getValue()).prover();
            if (prover.acceptsTheSameAs(flipped, Arrivals.fromAnywhere()).proved()) {
                undistinguished.add(mutant.getKey());
            }
        }
        System.out.printf(
                "mutation score: %d flips, %d change what happens to a drawn packet, %d of them noticed%n",
                mutants.size(), changing, changing - unnoticed.size());
        assertThat(changing).isGreaterThan(15);
        assertThat(undistinguished).isEmpty();
        assertThat(unnoticed).isEmpty();
    }

    private List<String> behaviour(String json) {
        Evaluator evaluator = new Evaluator(Askari.firewall(json).meaning());
        return packets.stream()
                .map(packet -> evaluator.verdict(packet) == Answer.ACCEPT
                        ? "accepted for " + evaluator.evaluate(packet).outcome().last().destination()
                        : "not accepted")
                .toList();
    }

    /** The questions that askari's operator asks. */
    private static List<Finding> broken(String json) {
        Prover prover = Askari.firewall(json).prover();
        List<Traffic> open = List.of(Traffic.tcp(80, 443), Traffic.udp(3478), Traffic.ping());
        List<Traffic> wan = new ArrayList<>(open);
        wan.add(ADMIN);
        List<Traffic> mesh = new ArrayList<>(open);
        mesh.add(Traffic.tcp(22));
        List<Finding> findings = List.of(
                prover.acceptsOnly(WAN, wan),
                prover.alwaysAccepts(WAN, wan),
                prover.acceptsOnly(MESH, mesh),
                prover.alwaysAccepts(MESH, mesh),
                prover.alwaysReaches(WAN, Traffic.tcp(80), Askari.CONTAINER, 80),
                prover.alwaysReaches(WAN, Traffic.tcp(443), Askari.CONTAINER, 443));
        return findings.stream().filter(finding -> !finding.proved()).toList();
    }

    /** One flip each: policy, verdict, operator, port, order, priority. */
    private Map<String, String> mutants() {
        List<String> lines = original.lines().toList();
        Map<String, String> mutants = new TreeMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            flip(mutants, lines, i, "policy", line.replace("\"policy\": \"drop\"", "\"policy\": \"accept\""));
            flip(mutants, lines, i, "policy", line.replace("\"policy\": \"accept\"", "\"policy\": \"drop\""));
            flip(mutants, lines, i, "verdict", line.replace("{\"accept\": null}", "{\"drop\": null}"));
            flip(mutants, lines, i, "verdict", line.replace("{\"drop\": null}", "{\"accept\": null}"));
            flip(mutants, lines, i, "operator", line.replaceFirst("\"op\": \"==\"", "\"op\": \"!=\""));
            Matcher number = NUMBER.matcher(line);
            if (number.find()) {
                int next = Integer.parseInt(number.group(1)) + 1;
                flip(mutants, lines, i, "port", number.replaceFirst("\"right\": " + next));
            }
            flip(mutants, lines, i, "priority", line.replaceFirst("\"prio\": -300", "\"prio\": 300"));
            if (i > 0 && line.startsWith("{\"rule\"") && sameChain(line, lines.get(i - 1))) {
                List<String> swapped = new ArrayList<>(lines);
                swapped.set(i, lines.get(i - 1));
                swapped.set(i - 1, line);
                mutants.put("order of line " + i, String.join("\n", commas(swapped)));
            }
        }
        return mutants;
    }

    private static void flip(Map<String, String> mutants, List<String> lines, int at, String what, String flipped) {
        if (!flipped.equals(lines.get(at))) {
            List<String> mutant = new ArrayList<>(lines);
            mutant.set(at, flipped);
            mutants.put(what + " in line " + (at + 1) + ": " + flipped, String.join("\n", mutant));
        }
    }

    private static boolean sameChain(String one, String other) {
        return one.substring(0, one.indexOf("\"handle\"")).equals(
                other.contains("\"handle\"") ? other.substring(0, other.indexOf("\"handle\"")) : "");
    }

    /** A swap at the end of the list would leave the comma at the wrong line. */
    private static List<String> commas(List<String> lines) {
        List<String> fixed = new ArrayList<>(lines);
        for (int i = 1; i < lines.size() - 2; i++) {
            String bare = lines.get(i).replaceFirst(",$", "");
            fixed.set(i, bare + ",");
        }
        fixed.set(lines.size() - 2, lines.get(lines.size() - 2).replaceFirst(",$", ""));
        return fixed;
    }
}
