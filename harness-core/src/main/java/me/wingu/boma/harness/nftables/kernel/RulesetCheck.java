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
import me.wingu.boma.harness.nftables.Family;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.evaluation.Evaluation;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import me.wingu.boma.harness.nftables.semantics.Field;
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

    void run(Ruleset ruleset, long seed, List<Evaluation> examples) {
        RulesetMeaning meaning = RulesetMeaning.of(ruleset, HostNetwork.unknown(), SetContents.AS_LISTED);
        nameUntried(meaning);
        List<Probe> made = new ArrayList<>(examples.stream().map(RulesetCheck::probe).toList());
        made.addAll(new PacketMaker(seed, network.interfaces()).make(meaning));
        List<Probe> probes = chosen(made);
        Map<String, List<Probe>> groups = probes.stream().collect(Collectors.groupingBy(
                probe -> probe.mode() + " " + probe.output(), LinkedHashMap::new, Collectors.toList()));
        try (TraceSession session = new TraceSession(namespaces)) {
            groups.values().forEach(group -> group(ruleset, group, session));
        }
    }

    private static Probe probe(Evaluation example) {
        Packet packet = example.packet().with(Field.ETHER_SADDR, 0x02_0000_0000_01L);
        boolean through = example.outcome().forwarded();
        String input = packet.input().orElse(CheckNetwork.OWN.get(0));
        return new Probe(
                CheckNetwork.onWires(packet).withInput(input), through ? Mode.FORWARD : Mode.INPUT, false, input,
                through ? CheckNetwork.OWN.get(1) : "", Optional.empty());
    }

    /** No frames are sent through a bridge, and none that hold ARP. */
    private void nameUntried(RulesetMeaning meaning) {
        meaning.rules()
                .filter(rule -> rule.id().family() == Family.ARP || rule.id().family() == Family.BRIDGE)
                .forEach(rule -> tally.skipRule(name, "a table of the family " + rule.id().family().keyword()
                        + ": only IP packets that pass no bridge are sent"));
    }

    /** Leaves out what cannot be compared, and says so. */
    private List<Probe> chosen(List<Probe> made) {
        Set<String> connections = new HashSet<>();
        List<Probe> chosen = new ArrayList<>();
        for (Probe probe : made) {
            Optional<String> obstacle = Expectation.obstacle(probe).or(() -> probe.opener().flatMap(Expectation::obstacle));
            boolean follows = probe.opener().filter(chosen::contains).isPresent();
            if (obstacle.isPresent()) {
                tally.skip(name, obstacle.get());
            } else if (!follows && (probe.opener().isPresent() || !connections.add(probe.connection()))) {
                tally.skip(name, "a packet of a connection that another packet has opened");
            } else if (chosen.size() >= MOST_PACKETS && !follows) {
                tally.skip(name, "more than " + MOST_PACKETS + " packets for one ruleset");
            } else {
                chosen.add(probe);
            }
        }
        return chosen;
    }

    private void group(Ruleset ruleset, List<Probe> probes, TraceSession session) {
        Probe first = probes.get(0);
        HostNetwork hosts = network.route(first.mode(), first.output());
        trace(first.mode());
        Judge judge = judges.of(RulesetMeaning.of(ruleset, hosts, SetContents.MAY_CHANGE));
        int from = 0;
        while (from < probes.size()) {
            int to = Math.min(probes.size(), from + BATCH);
            while (to < probes.size() && probes.get(to).opener().isPresent()) {
                to++;
            }
            List<Probe> some = probes.subList(from, to);
            Batch batch = new Batch(session, network, parser);
            batch.run(some);
            for (int number = 1; number <= some.size(); number++) {
                compare(batch, number, judge);
            }
            from = to;
        }
    }

    /** Traces what arrives from its device on, and what the namespace sends from its first hook on. */
    private void trace(Mode mode) {
        String devices = network.interfaces().stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
        String sent = """
                table inet %1$s {
                  chain start {
                    type filter hook output priority -2147483648; policy accept;
                    meta nftrace set 1
                  }
                }
                """.formatted(Batch.TABLE);
        namespaces.must(true, """
                nft -f - <<'END'
                table netdev %1$s {
                }
                delete table netdev %1$s
                table inet %1$s {
                }
                delete table inet %1$s
                table netdev %1$s {
                  chain start {
                    type filter hook ingress devices = { %2$s } priority -2147483648; policy accept;
                    meta nftrace set 1
                  }
                }
                %3$sEND
                """.formatted(Batch.TABLE, devices, mode == Mode.OUTPUT ? sent : ""));
    }

    private void compare(Batch batch, int number, Judge judge) {
        Probe probe = batch.sent(number);
        Optional<String> refusal = batch.refusal(number); // a program is told, too, that its packet was dropped on the way out
        if (refusal.isPresent() && batch.shown(number).isEmpty()) {
            tally.skip(name, "the kernel did not take the packet: " + refusal.get());
            return;
        }
        if (probe.fragment() && judge.tracksConnections(probe.packet().v6())) {
            tally.skip(name, "a fragment, which connection tracking keeps back until the others come");
            return;
        }
        Optional<Packet> packet = FollowUp.of(judge, probe);
        if (packet.isEmpty()) {
            tally.skip(name, "an answer to a packet of which the model cannot tell whether it opened a connection");
            return;
        }
        compare(probe.with(packet.get()), batch.shown(number), judge);
    }

    private void compare(Probe probe, Optional<List<TraceLine>> shown, Judge judge) {
        Expectation expected = Expectation.of(judge, probe);
        Optional<List<Event>> kernel = shown.map(lines -> Event.of(lines.stream()
                .filter(line -> !Batch.ours(line))
                .toList()));
        boolean agree = kernel.filter(expected::allows).isPresent();
        if (!agree && kernel.isPresent() && !expected.complete()) {
            tally.skip(name, "more than 4,096 ways are open to the packet");
            return;
        }
        if (expected.turned()) { // nft_trace_init makes the number of the packet's place and its input interface, then lo
            tally.skip(name, "a packet of our own that comes back to us: its trace goes on under another number");
            return;
        }
        tally.packet();
        if (expected.open()) {
            tally.unknown();
        }
        if (!agree) {
            tally.disagreement(name, probe, kernel, expected);
        }
    }
}
