package me.wingu.boma.harness.nftables.proof;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.nftables.Family;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.RuleId;
import me.wingu.boma.harness.nftables.semantics.RulesetMeaning;

/**
 * The way of arriving packets through a host: ingress, prerouting, the routing decision, then input, or forward and
 * postrouting. Folded from its end to its beginning.
 */
final class Passage {

    private static final int CONNTRACK = -200;
    private static final int DSTNAT = -100;
    private static final int SRCNAT = 100;
    private static final BigInteger INVALID = BigInteger.ONE;
    private static final BigInteger NEW = BigInteger.valueOf(8);
    private static final BigInteger UNTRACKED = BigInteger.valueOf(64);
    private static final RuleId BRIDGE = new RuleId(Family.BRIDGE, "(bridge)", "(bridge)", 0, 0);

    private final RulesetMeaning ruleset;
    private final HeaderSpace space;
    private final Bdd bdd;
    private final Hook hook;
    private final Routing routing;
    private final int receivable;
    private final int routable;

    /**
     * Prepares to fold.
     *
     * @param ruleset the ruleset and its host
     * @param space the variables
     * @param conditions turns conditions into diagrams
     * @param goal a rule at which a packet has got through already, once it meets its conditions
     */
    Passage(RulesetMeaning ruleset, HeaderSpace space, ConditionEncoder conditions, Optional<RuleId> goal) {
        this.ruleset = ruleset;
        this.space = space;
        this.bdd = space.bdd();
        this.hook = new Hook(ruleset, space, conditions, new ChainFold(ruleset.network(), space, conditions, goal));
        this.routing = new Routing(ruleset.network(), space);
        this.receivable = conditions.encode(Sendable.receivable());
        this.routable =
                bdd.or(space.is(Field.IIF_NAME, Interfaces.number("lo")), conditions.encode(Sendable.routable()));
    }

    /** Returns where the packets go that are not dropped before. */
    Routing routing() {
        return routing;
    }

    /**
     * Folds the whole way.
     *
     * @param delivered which packets count once this host received them, in terms of what it receives
     * @param forwarded which packets count once they left this host, in terms of what leaves
     * @return the packets that end up there, in terms of what arrives
     */
    int fold(int delivered, int forwarded) {
        int postrouting = leaving(forwarded);
        int forward = hook.fold("forward", SRCNAT, priority -> true, postrouting);
        int input = hook.fold("input", SRCNAT, priority -> true, delivered);
        int routed = bdd.and(routable, routing.bridged(routing.fold(input, forward), forward));
        int arrived = hook.foldAround("prerouting", DSTNAT, CONNTRACK, this::conntrack, routed);
        int received = hook.fold("ingress", DSTNAT, priority -> true, bdd.and(receivable, arrived));
        return bridged(start(Field.OIF_NAME).in(received));
    }

    /**
     * Folds the way of packets that this host sends: output, then postrouting.
     *
     * @param sent which packets count once they left, in terms of what leaves
     * @return the packets that do, in terms of what a program sends, its output interface being known by then
     */
    int foldOutput(int sent) {
        int postrouting = leaving(sent);
        return start(Field.IIF_NAME).in(hook.foldAround("output", DSTNAT, CONNTRACK, this::conntrack, postrouting));
    }

    private int leaving(int after) {
        int egress = hook.fold("egress", SRCNAT, priority -> true, after);
        return hook.fold("postrouting", SRCNAT, priority -> true, egress);
    }

    /** Connection tracking classes the packet, and a new connection starts with this packet's addresses. */
    private int conntrack(int after) {
        BitField state = space.field(Field.CT_STATE);
        int skipped = state.equal(UNTRACKED);
        int isNew = space.arrival().equal(NEW);
        int tracked = new Draft(space).copy(space.arrival(), state).in(after);
        int fresh = birth().in(tracked);
        return bdd.ite(skipped, after, bdd.ite(isNew, fresh, tracked));
    }

    private Draft birth() {
        Draft draft = new Draft(space);
        for (Field zero : List.of(Field.CT_STATUS, Field.CT_DIRECTION, Field.CT_MARK)) {
            draft.set(space.field(zero), space.constant(zero, BigInteger.ZERO));
        }
        copy(draft, Field.IP_SADDR, Field.CT_ORIGINAL_SADDR4, Field.CT_REPLY_DADDR4);
        copy(draft, Field.IP_DADDR, Field.CT_ORIGINAL_DADDR4, Field.CT_REPLY_SADDR4);
        copy(draft, Field.IP6_SADDR, Field.CT_ORIGINAL_SADDR6, Field.CT_REPLY_DADDR6);
        copy(draft, Field.IP6_DADDR, Field.CT_ORIGINAL_DADDR6, Field.CT_REPLY_SADDR6);
        copy(draft, Field.SPORT, Field.CT_ORIGINAL_SPORT, Field.CT_REPLY_DPORT);
        copy(draft, Field.DPORT, Field.CT_ORIGINAL_DPORT, Field.CT_REPLY_SPORT);
        return draft;
    }

    private void copy(Draft draft, Field from, Field... to) {
        for (Field each : to) {
            draft.copy(space.field(from), space.field(each));
        }
    }

    /** What every packet carries at the start: no marks, no connection, and one of the interfaces not set yet. */
    private Draft start(Field missing) {
        Draft draft = new Draft(space);
        for (Field zero : List.of(Field.MARK, Field.PRIORITY, missing)) {
            draft.set(space.field(zero), space.constant(zero, BigInteger.ZERO));
        }
        draft.set(space.field(Field.CT_STATE), space.constant(Field.CT_STATE, INVALID));
        draft.set(space.diverted(), new int[] {NodeTable.FALSE});
        return draft.set(space.redirected(), new int[] {NodeTable.FALSE});
    }

    /** A bridge's own chains may drop what comes in through one of its ports; they are not part of the proof. */
    private int bridged(int result) {
        boolean filtered = ruleset.chains()
                .map(chain -> chain.chain())
                .anyMatch(chain -> chain.family() == Family.BRIDGE && chain.base().isPresent());
        if (!filtered) {
            return result;
        }
        Condition.Unknown doubt = Doubt.about(BRIDGE, "the rules of the bridge tables");
        return bdd.and(result, bdd.variable(space.unknown(doubt)));
    }
}
