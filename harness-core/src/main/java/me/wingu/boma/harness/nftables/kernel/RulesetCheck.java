package me.wingu.boma.harness.nftables.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import me.wingu.boma.harness.nftables.Chain;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.evaluation.Hook;
import me.wingu.boma.harness.nftables.semantics.RulesetMeaning;
import me.wingu.boma.harness.nftables.semantics.SetContents;

/** Compares one ruleset that is loaded in a scratch namespace. */
final class RulesetCheck {

    private static final int BATCH = 200;
    private static final int MOST_PACKETS = 6000;

    private final String name;
    private final ScratchNamespaces namespaces;
    private final CheckNetwork network;
    private final Judge.Factory judges;
    private final Function<String, Optional<TraceLine>> parser;
    private final Tally tally;

    RulesetCheck(String name, ScratchNamespaces namespaces, CheckNetwork network, Judge.Factory judges,
            Function<String, Optional<TraceLine>> parser, Tally tally) {
        this.name = name;
        this.namespaces = namespaces;
        this.network = network;
        this.judges = judges;
        this.parser = parser;
        this.tally = tally;
    }

    void run(Ruleset ruleset, long seed) {
        RulesetMeaning meaning = RulesetMeaning.of(ruleset, HostNetwork.unknown(), SetContents.AS_LISTED);
        Set<Chain> beforeTracing = beforeTracing(meaning);
        List<Probe> probes = chosen(new PacketMaker(seed, network.interfaces()).make(meaning));
        Map<String, List<Probe>> groups = probes.stream().collect(Collectors.groupingBy(
                probe -> probe.mode() + " " + probe.output(), LinkedHashMap::new, Collectors.toList()));
        try (TraceSession session = new TraceSession(namespaces)) {
            groups.values().forEach(group -> group(ruleset, group, session, beforeTracing));
        }
    }

    /** Leaves out what cannot be compared, and says so. */
    private List<Probe> chosen(List<Probe> made) {
        Set<String> connections = new HashSet<>();
        List<Probe> chosen = new ArrayList<>();
        for (Probe probe : made) {
            Optional<String> obstacle = Expectation.obstacle(probe);
            if (obstacle.isPresent()) {
                tally.skip(name, obstacle.get());
            } else if (!connections.add(probe.connection())) {
                tally.skip(name, "a packet of a connection that another packet has opened");
            } else if (chosen.size() == MOST_PACKETS) {
                tally.skip(name, "more than " + MOST_PACKETS + " packets for one ruleset");
            } else {
                chosen.add(probe);
            }
        }
        return chosen;
    }

    /** Ingress chains run before the packet can be marked for tracing. */
    private static Set<Chain> beforeTracing(RulesetMeaning meaning) {
        Ways ways = new Ways(meaning);
        return meaning.chains()
                .map(chain -> chain.chain())
                .filter(chain -> !ways.into(chain).isEmpty())
                .filter(chain -> ways.into(chain).stream()
                        .allMatch(way -> way.hook() == Hook.INGRESS || way.hook() == Hook.EGRESS))
                .collect(Collectors.toSet());
    }

    private void group(Ruleset ruleset, List<Probe> probes, TraceSession session, Set<Chain> beforeTracing) {
        Probe first = probes.get(0);
        HostNetwork hosts = network.route(first.mode(), first.output());
        trace(first.mode());
        Judge judge = judges.of(RulesetMeaning.of(ruleset, hosts, SetContents.MAY_CHANGE));
        for (int from = 0; from < probes.size(); from += BATCH) {
            List<Probe> some = probes.subList(from, Math.min(probes.size(), from + BATCH));
            Batch batch = new Batch(session, network, parser);
            batch.run(some);
            for (int number = 1; number <= some.size(); number++) {
                compare(batch, number, judge, beforeTracing);
            }
        }
    }

    private void trace(Mode mode) {
        String hook = mode == Mode.OUTPUT ? "output" : "prerouting";
        namespaces.must(true, """
                nft -f - <<'END'
                table %1$s {
                }
                delete table %1$s
                table %1$s {
                  chain start {
                    type filter hook %2$s priority -2147483648; policy accept;
                    meta nftrace set 1
                  }
                }
                END
                """.formatted(Batch.TABLE, hook));
    }

    private void compare(Batch batch, int number, Judge judge, Set<Chain> beforeTracing) {
        Probe probe = batch.sent(number);
        Optional<String> refusal = batch.refusal(number);
        if (refusal.isPresent()) {
            tally.skip(name, "the kernel did not take the packet: " + refusal.get());
            return;
        }
        Expectation expected = Expectation.of(judge, probe, beforeTracing);
        Optional<List<Event>> kernel = batch.shown(number).map(lines -> Event.of(lines.stream()
                .filter(line -> !line.chain().startsWith(Batch.TABLE))
                .toList()));
        tally.packet();
        boolean agree = kernel.isPresent() ? expected.allows(kernel.get()) : expected.silent();
        if (expected.open()) {
            tally.unknown();
        }
        if (!agree && !(expected.open() && kernel.isPresent() && sharedStart(expected, kernel.get()))) {
            tally.disagreement(name, probe, kernel, expected);
        }
    }

    /** Where the model leaves something open, what it did say must still hold: the first step. */
    private static boolean sharedStart(Expectation expected, List<Event> kernel) {
        return expected.ways().stream().anyMatch(way ->
                way.isEmpty() || (!kernel.isEmpty() && kernel.get(0).equals(way.get(0))));
    }
}
