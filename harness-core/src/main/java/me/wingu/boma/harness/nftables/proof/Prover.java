package me.wingu.boma.harness.nftables.proof;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.evaluation.Answer;
import me.wingu.boma.harness.nftables.evaluation.Evaluation;
import me.wingu.boma.harness.nftables.evaluation.Evaluator;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.RuleId;
import me.wingu.boma.harness.nftables.semantics.RuleMeaning;
import me.wingu.boma.harness.nftables.semantics.RulesetMeaning;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Answers questions about all packets that can arrive at a host.
 *
 * <p>A packet is accepted when no chain drops it on its way to a program of this host, or through this host to another
 * one. What the ruleset does not tell (limits, quotas, untranslated extensions, …) counts against the property: what
 * might be accepted is accepted when nothing else may be, and dropped when something must get through.
 *
 * <p>Every method throws {@link ProofLimitException} when the proof would need more than the limits allow, and
 * {@link IllegalArgumentException} when the question names an interface that the host does not have.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Prover {

    private static final String LOOPBACK = "lo";

    private final RulesetMeaning ruleset;
    private final ProofLimits limits;

    /** Creates a prover for a ruleset on its host, with the standard limits. */
    public Prover(RulesetMeaning ruleset) {
        this(ruleset, ProofLimits.STANDARD);
    }

    /** Creates a prover for a ruleset on its host. */
    public Prover(RulesetMeaning ruleset, ProofLimits limits) {
        this.ruleset = ruleset;
        this.limits = limits;
    }

    /**
     * Asks whether nothing else is accepted: neither by this host nor, through it, by anybody else. Ask about
     * {@linkplain Arrivals#toThisHost() arrivals for this host} when what it forwards for others is a question of its own.
     *
     * @throws IllegalArgumentException when nothing is allowed; ask {@link #neverAccepts} for that
     */
    public Finding acceptsOnly(Arrivals arrivals, Collection<Traffic> allowed) {
        requireSome(allowed);
        Inquiry inquiry = inquiry(Question.about(arrivals, allowed));
        return accepted(
                inquiry,
                arrivals,
                "only these are accepted: " + words(allowed),
                inquiry.bdd().difference(inquiry.arriving(arrivals), inquiry.any(allowed)));
    }

    /**
     * Asks whether none of this traffic is ever accepted, by this host or by anything behind it.
     *
     * @throws IllegalArgumentException when nothing is forbidden, or nothing of it can arrive
     */
    public Finding neverAccepts(Arrivals arrivals, Collection<Traffic> forbidden) {
        requireSome(forbidden);
        Inquiry inquiry = inquiry(Question.about(arrivals, forbidden));
        int named = inquiry.bdd().and(inquiry.arrivingOrLeftAlone(arrivals), inquiry.any(forbidden));
        requirePossible(named, arrivals, forbidden);
        return accepted(inquiry, arrivals, "these are never accepted: " + words(forbidden), named);
    }

    /**
     * Asks whether none of the arrivals is ever accepted, whatever it is, by this host or by anything behind it. Of
     * {@linkplain Arrivals#toOthers() arrivals for others} that means: the host forwards nothing for them.
     */
    public Finding acceptsNothing(Arrivals arrivals) {
        Inquiry inquiry = inquiry(Question.about(arrivals));
        return accepted(inquiry, arrivals, "nothing is accepted", inquiry.arriving(arrivals));
    }

    /** Asks whether none of these arrivals gets through. */
    private Finding accepted(Inquiry inquiry, Arrivals arrivals, String property, int unwanted) {
        Bdd bdd = inquiry.bdd();
        Passage passage = inquiry.passage(ruleset);
        int addressed = bdd.and(unwanted, passage.routing().addressed(arrivals.destination()));
        int breaking = bdd.and(addressed, passage.fold(NodeTable.TRUE, NodeTable.TRUE));
        return judge(inquiry, "of " + arrivals + ", " + property, breaking, Prover::accepted);
    }

    /**
     * Asks whether this traffic to the host always gets through, for every client address of the arrivals.
     *
     * @throws IllegalArgumentException when nothing is wanted, or nothing of it can arrive
     */
    public Finding alwaysAccepts(Arrivals arrivals, Collection<Traffic> wanted) {
        requireSome(wanted);
        Inquiry inquiry = inquiry(Question.about(arrivals, wanted));
        Bdd bdd = inquiry.bdd();
        int sent = bdd.and(asking(inquiry, arrivals), inquiry.any(wanted));
        requirePossible(sent, arrivals, wanted);
        return judge(
                inquiry,
                "of " + arrivals + ", these always get through: " + words(wanted),
                bdd.difference(sent, inquiry.passage(ruleset).fold(NodeTable.TRUE, NodeTable.TRUE)),
                evaluation -> !accepted(evaluation));
    }

    /**
     * Asks whether this traffic to the host always gets through to another address, translated and forwarded.
     *
     * @param arrivals where clients are
     * @param published what they ask the host for
     * @param container where it shall go; clients of the other IP version are not asked about
     * @param port the port there
     */
    public Finding alwaysReaches(Arrivals arrivals, Traffic published, IpAddress container, int port) {
        Inquiry inquiry = inquiry(Question.about(arrivals, List.of(published)).to(container));
        Bdd bdd = inquiry.bdd();
        int there = bdd.and(
                inquiry.encode(Terms.to(container)),
                inquiry.encode(Condition.is(Field.DPORT, port)));
        int version = inquiry.encode(Condition.is(Field.NFPROTO, container.v6() ? 10 : 2));
        int sent = bdd.and(bdd.and(asking(inquiry, arrivals), version), inquiry.any(List.of(published)));
        requirePossible(sent, arrivals, List.of(published));
        return judge(
                inquiry,
                "of " + arrivals + ", " + published + " always reaches " + container + " port " + port,
                bdd.difference(sent, inquiry.passage(ruleset).fold(NodeTable.FALSE, there)),
                evaluation -> !(accepted(evaluation)
                        && evaluation.outcome().forwarded()
                        && evaluation.outcome().last().destination().equals(container)
                        && evaluation.outcome().last().get(Field.DPORT).intValue() == port));
    }

    /**
     * Asks whether another ruleset on the same host accepts the same packets, in every connection state, and leads
     * them to the same place: to this host, or through it.
     */
    public Finding acceptsTheSameAs(Prover others, Arrivals arrivals) {
        RulesetMeaning other = others.ruleset;
        Inquiry inquiry = new Inquiry(List.of(ruleset, other), Question.about(arrivals), limits);
        Bdd bdd = inquiry.bdd();
        Passage one = inquiry.passage(ruleset);
        Passage two = inquiry.passage(other);
        int delivered = bdd.xor(one.fold(NodeTable.TRUE, NodeTable.FALSE), two.fold(NodeTable.TRUE, NodeTable.FALSE));
        int forwarded = bdd.xor(one.fold(NodeTable.FALSE, NodeTable.TRUE), two.fold(NodeTable.FALSE, NodeTable.TRUE));
        return judge(
                inquiry,
                "both rulesets accept the same packets",
                bdd.and(
                        bdd.and(inquiry.arrivingInAnyState(arrivals), one.routing().addressed(arrivals.destination())),
                        bdd.or(delivered, forwarded)),
                evaluation -> differs(evaluation, new Evaluator(other).evaluate(evaluation.packet())));
    }

    /**
     * Asks whether a rule can never match: neither a packet that arrives nor one that this host sends.
     *
     * @throws IllegalArgumentException for a rule of an {@code arp} or {@code bridge} table
     */
    public Finding neverMatches(RuleId rule) {
        Inquiry inquiry = inquiry(Question.about(Arrivals.from(LOOPBACK)));
        return judge(
                inquiry,
                "the rule " + rule + " never matches",
                new Reachability(ruleset, inquiry).matching(rule),
                evaluation -> evaluation.outcome().trace().stream()
                        .anyMatch(event -> event.rule().filter(each -> each.id().equals(rule)).isPresent()));
    }

    /** Returns the rules that no packet can ever match; rules of {@code arp} and {@code bridge} tables are not asked. */
    public List<RuleMeaning> deadRules() {
        Inquiry inquiry = inquiry(Question.about(Arrivals.from(LOOPBACK)));
        Reachability reachability = new Reachability(ruleset, inquiry);
        return ruleset.rules()
                .filter(rule -> Reachability.covers(rule.id()))
                .filter(rule -> reachability.matching(rule.id()) == NodeTable.FALSE)
                .toList();
    }

    private Inquiry inquiry(Question question) {
        return new Inquiry(List.of(ruleset), question, limits);
    }

    /** What an ordinary client sends to this host. */
    private int asking(Inquiry inquiry, Arrivals arrivals) {
        Bdd bdd = inquiry.bdd();
        int client = bdd.and(inquiry.arrivingOrLeftAlone(arrivals), inquiry.encode(Sendable.opening()));
        return bdd.and(client, inquiry.encode(Condition.any(
                List.of(inquiry.terms().toThisHost(arrivals), Sendable.toNeighbours()))));
    }

    /** A statement about no packet would be true of every ruleset. */
    private static void requirePossible(int packets, Arrivals arrivals, Collection<Traffic> traffic) {
        if (packets == NodeTable.FALSE) {
            throw new IllegalArgumentException("There are no such packets, of " + arrivals + ": " + words(traffic));
        }
    }

    private Finding judge(Inquiry inquiry, String property, int breaking, Predicate<Evaluation> broken) {
        return new Judge(inquiry, ruleset).judge(property, assumptions(), breaking, broken);
    }

    private static boolean accepted(Evaluation evaluation) {
        return evaluation.verdict() == Answer.ACCEPT;
    }

    private static boolean differs(Evaluation one, Evaluation other) {
        return accepted(one) != accepted(other) || one.outcome().delivered() != other.outcome().delivered();
    }

    private List<String> assumptions() {
        List<String> all = new ArrayList<>();
        if (!ruleset.network().known()) {
            all.add("routes and addresses of the host are not known: packets are for the host unless translated");
        }
        for (boolean v6 : new boolean[] {false, true}) {
            if (!ruleset.network().rulesKnown(v6)) {
                all.add("routing rules of IPv" + (v6 ? 6 : 4) + " are not known: every packet asks the main table");
            }
            String forwarding = v6 ? "net.ipv6.conf.all.forwarding" : "net.ipv4.ip_forward";
            if (ruleset.network().known(v6) && !ruleset.network().sysctls().containsKey(forwarding)) {
                all.add(forwarding + " is not known: the host forwards");
            }
        }
        return all;
    }

    private static String words(Collection<Traffic> traffic) {
        return traffic.stream().map(Traffic::toString).collect(Collectors.joining("; "));
    }

    private static void requireSome(Collection<Traffic> traffic) {
        if (traffic.isEmpty()) {
            throw new IllegalArgumentException("a question about no traffic at all would prove nothing");
        }
    }
}
