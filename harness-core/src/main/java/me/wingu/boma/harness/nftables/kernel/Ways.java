package me.wingu.boma.harness.nftables.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import me.wingu.boma.harness.nftables.Chain;
import me.wingu.boma.harness.nftables.evaluation.Hook;
import me.wingu.boma.harness.nftables.semantics.ChainMeaning;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.Interval;
import me.wingu.boma.harness.nftables.semantics.RuleMeaning;
import me.wingu.boma.harness.nftables.semantics.Ruling;
import me.wingu.boma.harness.nftables.semantics.RulesetMeaning;
import me.wingu.boma.harness.nftables.semantics.Step;
import me.wingu.boma.harness.nftables.semantics.Values;

/** How packets get into each chain: from which hook, and which conditions lead there. */
final class Ways {

    /**
     * One way into a chain.
     *
     * @param hook the hook that it starts at
     * @param conditions the conditions of the jumps on it
     */
    record Way(Hook hook, List<Condition> conditions) {}

    private final RulesetMeaning ruleset;
    private final Map<Chain, List<Way>> ways = new HashMap<>();

    Ways(RulesetMeaning ruleset) {
        this.ruleset = ruleset;
        ruleset.chains().filter(chain -> chain.chain().base().isPresent()).forEach(this::explore);
    }

    List<Way> into(Chain chain) {
        return ways.getOrDefault(chain, List.of());
    }

    private void explore(ChainMeaning base) {
        Hook hook = Hook.valueOf(base.chain().base().orElseThrow().hook().toUpperCase(Locale.ROOT));
        Set<Chain> seen = new HashSet<>();
        Deque<ChainMeaning> open = new ArrayDeque<>();
        arrive(base, new Way(hook, devices(base, hook)), seen, open);
        while (!open.isEmpty()) {
            ChainMeaning chain = open.poll();
            List<Way> here = ways.get(chain.chain());
            Way way = here.get(here.size() - 1);
            chain.rules().forEach(rule -> follow(rule, way, seen, open));
        }
    }

    /** An ingress or egress chain sees the packets of its devices only. */
    private static List<Condition> devices(ChainMeaning base, Hook hook) {
        List<Interval> names = base.chain().base().orElseThrow().devices().stream()
                .map(name -> Interval.of(InterfaceNames.number(name)))
                .toList();
        Field side = hook == Hook.EGRESS ? Field.OIF_NAME : Field.IIF_NAME;
        return names.isEmpty() ? List.of() : List.of(Condition.test(side, new Values(names)));
    }

    private void arrive(ChainMeaning chain, Way way, Set<Chain> seen, Deque<ChainMeaning> open) {
        if (seen.add(chain.chain())) {
            ways.computeIfAbsent(chain.chain(), key -> new ArrayList<>()).add(way);
            open.add(chain);
        }
    }

    private void follow(RuleMeaning rule, Way way, Set<Chain> seen, Deque<ChainMeaning> open) {
        List<Condition> conditions = new ArrayList<>(way.conditions());
        for (Step step : rule.steps()) {
            if (step instanceof Step.Guard guard) {
                conditions.add(guard.condition());
            } else if (step instanceof Step.Decide decide) {
                jump(rule, decide.ruling(), new Way(way.hook(), List.copyOf(conditions)), seen, open);
            } else if (step instanceof Step.Branch branch) {
                for (Step.Case each : branch.cases()) {
                    List<Condition> more = new ArrayList<>(conditions);
                    more.add(each.when());
                    jump(rule, each.ruling(), new Way(way.hook(), more), seen, open);
                }
            }
        }
    }

    private void jump(RuleMeaning rule, Ruling ruling, Way way, Set<Chain> seen, Deque<ChainMeaning> open) {
        ruling.chain()
                .flatMap(name -> ruleset.chain(rule.id().family(), rule.id().table(), name))
                .ifPresent(target -> arrive(target, way, seen, open));
    }
}
