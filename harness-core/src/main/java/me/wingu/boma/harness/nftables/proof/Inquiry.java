package me.wingu.boma.harness.nftables.proof;

import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.RuleId;
import me.wingu.boma.harness.nftables.semantics.RulesetMeaning;
import me.wingu.boma.harness.nftables.semantics.Values;

/** The variables of one question, and the packets that it is about. */
final class Inquiry {

    private final HeaderSpace space;
    private final ConditionEncoder conditions;
    private final Terms terms;

    /**
     * Prepares the variables.
     *
     * @param rulesets every ruleset that the question is about; the first one's host gives names their meaning
     * @param question everything that is named
     * @param limits how much the proof may use
     */
    Inquiry(List<RulesetMeaning> rulesets, Question question, ProofLimits limits) {
        Vocabulary vocabulary = new Vocabulary().names(List.of("lo")).addresses(Portrait.FAMILIAR);
        rulesets.forEach(vocabulary::hear);
        terms = new Terms(rulesets.get(0).network(), vocabulary::knows);
        question.arrivals().forEach(arrivals -> vocabulary.hear(terms.arriving(arrivals)));
        question.traffic().forEach(traffic -> vocabulary.hear(terms.traffic(traffic)));
        question.destinations().forEach(destination -> vocabulary.hear(Terms.to(destination)));
        List.of(Sendable.packet(), Sendable.packetOrFragment(), Sendable.receivable(), Sendable.routable())
                .forEach(vocabulary::hear);
        space = new HeaderSpace(new Bdd(limits), vocabulary);
        conditions = new ConditionEncoder(space);
    }

    HeaderSpace space() {
        return space;
    }

    Bdd bdd() {
        return space.bdd();
    }

    Terms terms() {
        return terms;
    }

    /** Returns the way of packets through a host. */
    Passage passage(RulesetMeaning ruleset) {
        return new Passage(ruleset, space, conditions, Optional.empty());
    }

    /** Returns the way of packets through a host up to one rule, at which they have got through. */
    Passage passageTo(RuleId goal, RulesetMeaning ruleset) {
        return new Passage(ruleset, space, conditions, Optional.of(goal));
    }

    /** Returns the diagram of a condition on what arrives. */
    int encode(Condition condition) {
        return conditions.encode(condition);
    }

    /** Returns the arrivals: what can be sent from there, classed by connection tracking as the question says. */
    int arriving(Arrivals arrivals) {
        return bdd().and(
                heard(arrivals, Sendable.packet()), encode(Condition.all(Sendable.receivable(), Sendable.routable())));
    }

    /** Returns the arrivals, and what the kernel drops for its source only after some chains have seen it. */
    private int heard(Arrivals arrivals, Condition sendable) {
        Condition all = Condition.all(terms.arriving(arrivals), sendable, Sendable.taken(arrivals.state()));
        return bdd().and(encode(all), classed(arrivals.state()));
    }

    /** Returns the arrivals; beside new connections, what connection tracking leaves alone, which a question may name. */
    int arrivingOrLeftAlone(Arrivals arrivals) {
        int arriving = arriving(arrivals);
        return arrivals.state() == Arrivals.State.NEW
                ? bdd().or(arriving, arriving(arrivals.in(Arrivals.State.UNTRACKED)))
                : arriving;
    }

    /** Returns every packet that can arrive in any connection state, from wherever it claims to come. */
    int arrivingInAnyState(Arrivals arrivals) {
        return inAnyState(arrivals, Sendable.packet());
    }

    /** Returns every packet and every fragment that can arrive, as chains see them that run before fragments are put together. */
    int arrivingInFragments(Arrivals arrivals) {
        return inAnyState(arrivals, Sendable.packetOrFragment());
    }

    private int inAnyState(Arrivals arrivals, Condition sendable) {
        int any = NodeTable.FALSE;
        for (Arrivals.State state : Arrivals.State.values()) {
            any = bdd().or(any, heard(arrivals.in(state), sendable));
        }
        return any;
    }

    /** Returns every packet that this host can send, in any connection state. */
    int sentInAnyState() {
        Condition ipPacket = Condition.all(
                Condition.test(Field.NFPROTO, Values.of(2).or(Values.of(10))),
                Condition.is(Field.LATER_FRAGMENT, 0),
                Condition.is(Field.IIF_NAME, 0));
        int any = NodeTable.FALSE;
        for (Arrivals.State state : Arrivals.State.values()) {
            any = bdd().or(any, bdd().and(classed(state), encode(Sendable.taken(state))));
        }
        return bdd().and(any, encode(ipPacket));
    }

    /** Returns the packets of any of these kinds. */
    int any(Collection<Traffic> traffic) {
        return encode(Condition.any(traffic.stream().map(terms::traffic).toList()));
    }

    private int classed(Arrivals.State state) {
        return space.arrival().equal(BigInteger.valueOf(state.bit()));
    }
}
