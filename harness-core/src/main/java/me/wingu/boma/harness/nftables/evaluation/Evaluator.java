package me.wingu.boma.harness.nftables.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.semantics.RulesetMeaning;
import me.wingu.boma.harness.nftables.semantics.SetContents;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Says what happens to a packet. Made once for a ruleset, asked any number of times, by any number of threads.
 *
 * <p>A packet with an input interface arrives: ingress, prerouting, then input or forward and postrouting, by the host's
 * routes where they are known; an output interface set on the packet means "forwarded through it". A packet without input
 * interface leaves this host: output, postrouting, and for loopback prerouting and input again.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Evaluator {

    /** Combinations of unknown answers that are tried; beyond them the verdict is unknown. */
    private static final int COMBINATIONS = 4096;

    private final RulesetMeaning meaning;
    private final CompiledRuleset ruleset;
    private final Router router;

    /** Creates an evaluator for a host of which only the ruleset is known. */
    public Evaluator(Ruleset ruleset) {
        this(ruleset, HostNetwork.unknown());
    }

    /** Creates an evaluator for a host. */
    public Evaluator(Ruleset ruleset, HostNetwork network) {
        this(RulesetMeaning.of(ruleset, network, SetContents.AS_LISTED));
    }

    /** Creates an evaluator for an interpreted ruleset. */
    public Evaluator(RulesetMeaning meaning) {
        this.meaning = meaning;
        this.ruleset = new CompiledRuleset(meaning);
        this.router = new Router(meaning.network());
    }

    /** Returns what happens to the packet on its whole way. */
    public Evaluation evaluate(Packet packet) {
        return evaluate(packet, Walk::run);
    }

    /** Returns what happens to the packet at one hook; the packet's interfaces are taken as they are. */
    public Evaluation evaluate(Packet packet, Hook hook) {
        return evaluate(packet, walk -> walk.run(hook));
    }

    /**
     * Returns every way that the packet may take: one for each combination of answers to the unknowns that it meets (at
     * most 4,096), in every order of chains of equal priority. One way means that nothing was left open.
     */
    public List<Outcome> outcomes(Packet packet) {
        return outcomes(packet, Walk::run);
    }

    /** Returns every way that the packet may take through one hook. */
    public List<Outcome> outcomes(Packet packet, Hook hook) {
        return outcomes(packet, walk -> walk.run(hook));
    }

    /** Returns every way that the packet may take from its interface to the routing decision. */
    public List<Outcome> outcomesBeforeRouting(Packet packet) {
        return outcomes(packet, Walk::runToRouting);
    }

    /** Returns whether the ruleset switches connection tracking on for this version of IP. */
    public boolean tracksConnections(boolean v6) {
        return ruleset.tracks(v6);
    }

    private List<Outcome> outcomes(Packet packet, Consumer<Walk> way) {
        List<Outcome> all = new ArrayList<>(new Runs(packet, way, 0).outcomes);
        for (int order = 1; order < ruleset.orders(); order++) {
            new Runs(packet, way, order).outcomes.stream()
                    .filter(outcome -> all.stream().noneMatch(known -> known.trace().equals(outcome.trace())))
                    .forEach(all::add);
        }
        return all;
    }

    /** Returns the verdict alone; the fast way when no reason is asked for. */
    public Answer verdict(Packet packet) {
        Choices choices = new Choices();
        Answer first = new Walk(ruleset, router, 0, new PacketState(packet, choices, false)).run();
        for (int runs = 1; choices.next(); runs++) {
            choices.rewind();
            Answer other = new Walk(ruleset, router, 0, new PacketState(packet, choices, false)).run();
            if (other != first || runs >= COMBINATIONS) {
                return Answer.UNKNOWN;
            }
        }
        return first;
    }

    private Evaluation evaluate(Packet packet, Consumer<Walk> way) {
        Runs listed = new Runs(packet, way, 0);
        Optional<Outcome> other = IntStream.range(1, ruleset.orders())
                .mapToObj(order -> new Runs(packet, way, order))
                .filter(runs -> runs.differs(listed))
                .min(Comparator.comparing(runs -> runs.verdict() == listed.verdict())) // another verdict first
                .map(Runs::outcome);
        return new Evaluation(
                meaning, packet, listed.verdict(), listed.outcome(), listed.choices.met(), other);
    }

    /** All runs of one packet, one for each combination of unknown answers. */
    private final class Runs {

        private final Choices choices = new Choices();
        private final List<Outcome> outcomes = new ArrayList<>();
        private boolean complete = true;

        Runs(Packet packet, Consumer<Walk> way, int order) {
            do {
                choices.rewind();
                Walk walk = new Walk(ruleset, router, order, new PacketState(packet, choices, true));
                way.accept(walk);
                outcomes.add(walk.outcome());
                complete = outcomes.size() < COMBINATIONS;
            } while (complete && choices.next());
        }

        Answer verdict() {
            Answer first = outcomes.get(0).verdict();
            boolean same = outcomes.stream().allMatch(outcome -> outcome.verdict() == first);
            return same && complete ? first : Answer.UNKNOWN;
        }

        Outcome outcome() {
            return outcomes.get(outcomes.size() - 1);
        }

        /** The verdict counts, and where the packet goes; which of two chains is asked first does not. */
        boolean differs(Runs other) {
            return verdict() != other.verdict() || !outcome().last().equals(other.outcome().last());
        }
    }
}
