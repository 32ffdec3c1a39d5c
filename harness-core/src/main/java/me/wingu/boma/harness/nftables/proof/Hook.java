package me.wingu.boma.harness.nftables.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import me.wingu.boma.harness.nftables.BaseChain;
import me.wingu.boma.harness.nftables.Chain;
import me.wingu.boma.harness.nftables.Family;
import me.wingu.boma.harness.nftables.Verdict;
import me.wingu.boma.harness.nftables.semantics.ChainMeaning;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.RuleId;
import me.wingu.boma.harness.nftables.semantics.RulesetMeaning;
import me.wingu.boma.harness.nftables.semantics.Values;

/**
 * The base chains of one hook, folded in the order in which the kernel runs them.
 *
 * <p>Chains of type {@code nat} run together at a fixed place, −100 before routing and +100 after it, whatever their
 * priorities, which only order them among themselves; they see new and related connections only.
 */
final class Hook {

    /** First packets of connections, and of related ones; an ICMP message follows its connection's translation. */
    private static final Condition NATTED = Condition.any(List.of(
            Condition.is(Field.CT_STATE, 8),
            Condition.all(
                    Condition.is(Field.CT_STATE, 4),
                    Condition.not(Condition.test(Field.L4PROTO, Values.of(1).or(Values.of(58)))))));

    private static final int SOURCE_DONE = 7;
    private static final int DESTINATION_DONE = 8;
    private static final String EQUAL = "the order of chains of equal priority";
    private static final String TRANSLATING = ", address translation among them";
    private static final String TRACKING = "whether connection tracking comes before this chain of its priority";
    private static final String REVERSED = ", and those listed before it after that";

    private final RulesetMeaning ruleset;
    private final HeaderSpace space;
    private final Bdd bdd;
    private final ConditionEncoder conditions;
    private final ChainFold fold;

    Hook(RulesetMeaning ruleset, HeaderSpace space, ConditionEncoder conditions, ChainFold fold) {
        this.ruleset = ruleset;
        this.space = space;
        this.bdd = space.bdd();
        this.conditions = conditions;
        this.fold = fold;
    }

    /**
     * Folds all chains of a hook.
     *
     * @param name the hook's name
     * @param natPriority where its NAT chains run
     * @param priorities which priorities to fold; NAT chains count as {@code natPriority}
     * @param after the packets that get through after the hook
     */
    int fold(String name, int natPriority, Predicate<Integer> priorities, int after) {
        TreeMap<Integer, List<ChainMeaning>> filters = new TreeMap<>(Comparator.reverseOrder());
        List<ChainMeaning> nats = new ArrayList<>();
        ruleset.chains().filter(chain -> runs(chain, name)).forEach(chain -> {
            BaseChain base = base(chain);
            if (base.type().equals("nat")) {
                nats.add(chain);
            } else {
                filters.computeIfAbsent(base.priority(), key -> new ArrayList<>()).add(chain);
            }
        });
        if (!nats.isEmpty()) {
            filters.computeIfAbsent(natPriority, key -> new ArrayList<>());
        }
        int result = after;
        for (int priority : filters.keySet()) {
            if (priorities.test(priority)) {
                result = priority == natPriority && !nats.isEmpty()
                        ? among(filters.get(priority), new Nats(nats, natPriority < 0 ? DESTINATION_DONE : SOURCE_DONE), result)
                        : filters(filters.get(priority), result);
            }
        }
        return result;
    }

    /**
     * Folds all chains of a hook that connection tracking is part of. Which goes first, it or a chain of its very priority, was
     * decided when they were registered: it may stand at any place among them, and all ways must agree.
     *
     * @param name the hook's name
     * @param natPriority where its NAT chains run
     * @param tracking the priority of connection tracking
     * @param track what connection tracking does, in terms of what comes after it
     * @param after the packets that get through after the hook
     */
    int foldAround(String name, int natPriority, int tracking, IntUnaryOperator track, int after) {
        List<ChainMeaning> same = ruleset.chains()
                .filter(chain -> runs(chain, name) && !base(chain).type().equals("nat") && base(chain).priority() == tracking)
                .toList();
        int behind = fold(name, natPriority, priority -> priority > tracking, after);
        IntBinaryOperator way = (from, to) -> {
            int tracked = track.applyAsInt(filters(outside(same, from, to), behind));
            return fold(name, natPriority, priority -> priority < tracking, filters(same.subList(from, to), tracked));
        };
        int result = way.applyAsInt(0, 0);
        for (int i = 0; i < same.size(); i++) {
            result = either(same.get(i), TRACKING, way.applyAsInt(0, i + 1), result);
            result = i == 0 ? result : either(same.get(i), TRACKING + REVERSED, way.applyAsInt(i, same.size()), result);
        }
        return result;
    }

    private static List<ChainMeaning> outside(List<ChainMeaning> chains, int from, int to) {
        List<ChainMeaning> others = new ArrayList<>(chains);
        others.subList(from, to).clear();
        return others;
    }

    private boolean runs(ChainMeaning chain, String hook) {
        Chain each = chain.chain();
        boolean ip = each.family() == Family.INET || each.family() == Family.IP || each.family() == Family.IP6;
        boolean device = each.family() == Family.NETDEV || each.family() == Family.INET;
        return (hook.endsWith("gress") ? device : ip)
                && each.base().filter(base -> base.hook().equals(hook)).isPresent()
                && !ruleset.ruleset().table(each.family(), each.table()).orElseThrow().dormant();
    }

    /** The order of equal priorities is not documented and differs between kernels: both ways must agree. */
    private int filters(List<ChainMeaning> chains, int after) {
        int forward = inOrder(chains, after);
        if (chains.size() < 2) {
            return forward;
        }
        List<ChainMeaning> reversed = new ArrayList<>(chains);
        Collections.reverse(reversed);
        return either(chains.get(0), EQUAL, forward, inOrder(reversed, after));
    }

    /** NAT chains run together, before, after or among the others of their priority: all ways must agree. */
    private int among(List<ChainMeaning> filters, Nats nats, int after) {
        int result = filters(filters, nats(nats, after));
        for (int before = 0; before < filters.size(); before++) {
            int later = filters(filters.subList(before, filters.size()), after);
            int way = filters(filters.subList(0, before), nats(nats, later));
            result = either(filters.get(before), EQUAL + TRANSLATING, way, result);
        }
        return result;
    }

    private int inOrder(List<ChainMeaning> chains, int after) {
        int result = after;
        for (int i = chains.size() - 1; i >= 0; i--) {
            result = sees(chains.get(i), base(chains.get(i), result, result), result);
        }
        return result;
    }

    /**
     * The NAT chains of a hook.
     *
     * @param doneBit the bit of {@code ct status} that is set once they were asked, whatever they said: {@code nf_nat_inet_fn}
     */
    private record Nats(List<ChainMeaning> chains, int doneBit) {}

    private int nats(Nats nats, int after) {
        int done = done(nats.doneBit(), after);
        List<ChainMeaning> ordered = new ArrayList<>(nats.chains());
        ordered.sort(Comparator.comparingInt(chain -> base(chain).priority()));
        List<ChainMeaning> other = new ArrayList<>(nats.chains());
        Collections.reverse(other);
        other.sort(Comparator.comparingInt(chain -> base(chain).priority()));
        int forward = natsInOrder(ordered, done);
        int both = ordered.equals(other) ? forward : either(ordered.get(0), EQUAL, forward, natsInOrder(other, done));
        return bdd.ite(conditions.encode(NATTED), both, after);
    }

    private int done(int bit, int after) {
        int[] bits = space.field(Field.CT_STATUS).bits();
        bits[bit] = NodeTable.TRUE;
        return new Draft(space).set(space.field(Field.CT_STATUS), bits).in(after);
    }

    /** An accept without a translation leaves the packet to the next NAT chain. */
    private int natsInOrder(List<ChainMeaning> chains, int after) {
        int result = after;
        for (int i = chains.size() - 1; i >= 0; i--) {
            result = sees(chains.get(i), base(chains.get(i), result, after), result);
        }
        return result;
    }

    private int base(ChainMeaning chain, int accepted, int translated) {
        int policy = base(chain).policy() == Verdict.Kind.DROP ? NodeTable.FALSE : accepted;
        Chain own = chain.chain();
        return fold.fold(
                chain,
                name -> ruleset.chain(own.family(), own.table(), name).orElseThrow(),
                new Continuation(accepted, policy, translated));
    }

    private int sees(ChainMeaning chain, int folded, int passing) {
        Condition condition =
                switch (chain.chain().family()) {
                    case IP -> Condition.is(Field.NFPROTO, 2);
                    case IP6 -> Condition.is(Field.NFPROTO, 10);
                    default -> Interfaces.named(side(chain), base(chain).devices());
                };
        Condition runs = chain.doubt().<Condition>map(doubt -> doubt).orElse(Condition.always());
        return bdd.ite(conditions.encode(Condition.all(condition, runs)), folded, passing);
    }

    private static Field side(ChainMeaning chain) {
        return base(chain).hook().equals("egress") ? Field.OIF_NAME : Field.IIF_NAME;
    }

    private int either(ChainMeaning chain, String reason, int one, int other) {
        if (one == other) {
            return one;
        }
        Chain own = chain.chain();
        RuleId place = new RuleId(own.family(), own.table(), own.name(), 0, 0);
        int doubt = space.unknown(Doubt.about(place, reason));
        return bdd.ite(bdd.variable(doubt), one, other);
    }

    private static BaseChain base(ChainMeaning chain) {
        return chain.chain().base().orElseThrow();
    }
}
