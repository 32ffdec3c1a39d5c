package me.wingu.boma.harness.nftables.proof;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.semantics.ChainMeaning;
import me.wingu.boma.harness.nftables.semantics.RuleId;
import me.wingu.boma.harness.nftables.semantics.RuleMeaning;
import me.wingu.boma.harness.nftables.semantics.Ruling;
import me.wingu.boma.harness.nftables.semantics.Step;

/**
 * Folds chains from the last rule to the first: which packets, standing before a chain, get through in the end.
 *
 * <p>Going backwards, a write to a field is a substitution in what follows, so that marks and translated addresses
 * need no packets of their own. Calls of the same chain with the same continuation are folded once.
 */
final class ChainFold {

    private final Bdd bdd;
    private final ConditionEncoder conditions;
    private final Writes writes;
    private final HeaderSpace space;
    private final Optional<RuleId> goal;
    private final IdentityHashMap<ChainMeaning, Map<Continuation, Integer>> known = new IdentityHashMap<>();

    /**
     * Prepares to fold.
     *
     * @param network the host, whose addresses packets are redirected to
     * @param space the variables
     * @param conditions turns conditions into diagrams
     * @param goal a rule at which a packet has got through already, once it meets its conditions
     */
    ChainFold(HostNetwork network, HeaderSpace space, ConditionEncoder conditions, Optional<RuleId> goal) {
        this.goal = goal;
        this.bdd = space.bdd();
        this.space = space;
        this.conditions = conditions;
        this.writes = new Writes(network, space, conditions);
    }

    /**
     * Folds a chain.
     *
     * @param chain the chain
     * @param table finds another chain of the same table by name
     * @param after what follows
     * @return the packets that get through
     */
    int fold(ChainMeaning chain, Function<String, ChainMeaning> table, Continuation after) {
        Map<Continuation, Integer> calls = known.computeIfAbsent(chain, key -> new HashMap<>());
        Integer before = calls.get(after);
        if (before != null) {
            return before;
        }
        List<RuleMeaning> rules = chain.rules();
        int next = after.returned();
        int last = rules.size();
        while (last > 0) {
            int first = last;
            while (first > 0 && Stretch.fits(rules.get(first - 1)) && !isGoal(rules.get(first - 1))) {
                first--;
            }
            if (last - first > 1) {
                next = Stretch.of(rules.subList(first, last), bdd, conditions).before(bdd, after.accepted(), next);
                last = first;
            } else {
                last--;
                next = steps(rules.get(last), 0, new Scope(table, after, next));
            }
        }
        calls.put(after, next);
        return next;
    }

    private int steps(RuleMeaning rule, int index, Scope scope) {
        List<Step> steps = rule.steps();
        if (isGoal(rule) && steps.stream().skip(index).noneMatch(Step.Guard.class::isInstance)) {
            return NodeTable.TRUE;
        }
        if (index == steps.size()) {
            return scope.next();
        }
        Step step = steps.get(index);
        if (step instanceof Step.Guard guard) {
            return bdd.ite(conditions.encode(guard.condition()), steps(rule, index + 1, scope), scope.next());
        } else if (step instanceof Step.Decide decide) {
            return ruling(decide.ruling(), rule, index, scope);
        } else if (step instanceof Step.Branch branch) {
            return branch(branch, rule, index, scope);
        } else if (step instanceof Step.Assign assign) {
            return bdd.substitute(steps(rule, index + 1, scope), writes.of(assign));
        } else if (step instanceof Step.Change) {
            return steps(rule, index + 1, scope);
        } else if (step instanceof Step.Untrack untrack) {
            return bdd.substitute(steps(rule, index + 1, scope), writes.of(untrack));
        } else if (step instanceof Step.Translate translate) {
            return bdd.substitute(scope.after().translated(), writes.of(rule.id(), translate.translation()));
        }
        return opaque((Step.Opaque) step, rule, index, scope);
    }

    private boolean isGoal(RuleMeaning rule) {
        return goal.isPresent() && goal.get().equals(rule.id());
    }

    private int branch(Step.Branch branch, RuleMeaning rule, int index, Scope scope) {
        int result = scope.next();
        for (int i = branch.cases().size() - 1; i >= 0; i--) {
            Step.Case each = branch.cases().get(i);
            result = bdd.ite(conditions.encode(each.when()), ruling(each.ruling(), rule, index, scope), result);
        }
        return result;
    }

    private int ruling(Ruling ruling, RuleMeaning rule, int index, Scope scope) {
        return switch (ruling.kind()) {
            case ACCEPT -> scope.after().accepted();
            case DROP, REJECT, STOLEN -> NodeTable.FALSE;
            case CONTINUE -> steps(rule, index + 1, scope);
            case RETURN -> scope.after().returned();
            case JUMP -> call(ruling, scope, scope.after().returningTo(scope.next()));
            case GOTO -> call(ruling, scope, scope.after());
            case QUEUE -> bdd.and(
                    bdd.variable(space.unknown(Doubt.about(rule.id(), "a program behind queue"))),
                    scope.after().accepted());
        };
    }

    private int call(Ruling ruling, Scope scope, Continuation after) {
        ChainMeaning target = scope.table().apply(ruling.chain().orElseThrow());
        return fold(target, scope.table(), after);
    }

    /** Over-approximates both ways: the packet may get through whatever follows, vanish, or go on. */
    private int opaque(Step.Opaque step, RuleMeaning rule, int index, Scope scope) {
        List<Integer> doubts = space.unknownBits(step.unknown(), 3);
        int goesOn = bdd.ite(bdd.variable(doubts.get(2)), steps(rule, index + 1, scope), scope.next());
        return bdd.ite(bdd.variable(doubts.get(0)), bdd.variable(doubts.get(1)), goesOn);
    }

    /**
     * Where a rule stands while it is folded.
     *
     * @param table the chains of its table
     * @param after what follows its chain
     * @param next what follows the rule itself
     */
    private record Scope(Function<String, ChainMeaning> table, Continuation after, int next) {}
}
