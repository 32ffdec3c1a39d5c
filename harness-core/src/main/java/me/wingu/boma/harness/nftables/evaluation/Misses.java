package me.wingu.boma.harness.nftables.evaluation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import me.wingu.boma.harness.nftables.Chain;
import me.wingu.boma.harness.nftables.semantics.ChainMeaning;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.RuleId;
import me.wingu.boma.harness.nftables.semantics.RuleMeaning;
import me.wingu.boma.harness.nftables.semantics.Step;

/** Why the rules before the deciding one did not match. */
final class Misses {

    private final Evaluation evaluation;

    Misses(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    /** Returns one line for each rule of the chain before this one, or of the whole chain, that did not match. */
    List<String> before(Chain chain, Optional<RuleMeaning> end) {
        Set<RuleId> matched = new HashSet<>();
        evaluation.outcome().trace().forEach(event -> event.rule().ifPresent(rule -> matched.add(rule.id())));
        List<String> lines = new ArrayList<>();
        for (RuleMeaning rule : rulesOf(chain)) {
            if (end.filter(last -> last.id().equals(rule.id())).isPresent()) {
                break;
            }
            if (!matched.contains(rule.id())) {
                lines.add(rule.id() + ": " + rule.rule().text() + reason(rule));
            }
        }
        return lines;
    }

    private List<RuleMeaning> rulesOf(Chain chain) {
        return evaluation
                .ruleset()
                .chain(chain.family(), chain.table(), chain.name())
                .map(ChainMeaning::rules)
                .orElse(List.of());
    }

    private String reason(RuleMeaning rule) {
        PacketState state = new PacketState(evaluation.outcome().last(), new Choices(), false);
        ConditionCompiler compiler = new ConditionCompiler(new Condition.Unknown(rule.id(), -1, ""));
        for (Step step : rule.steps()) {
            if (step instanceof Step.Guard guard && !compiler.compile(guard.condition()).holds(state)) {
                return failing(guard.condition(), compiler, state)
                        .map(test -> " — " + PacketText.name(evaluation.outcome().last(), test.field()) + " is "
                                + PacketText.value(evaluation.outcome().last(), test.field()))
                        .orElse("");
            }
        }
        return "";
    }

    /** Returns the first test that is to blame. */
    private static Optional<Condition.Test> failing(Condition condition, ConditionCompiler compiler, PacketState state) {
        if (condition instanceof Condition.Test test) {
            return Optional.of(test);
        } else if (condition instanceof Condition.Not not) {
            return failing(not.part(), compiler, state);
        } else if (condition instanceof Condition.And and) {
            return and.parts().stream()
                    .filter(part -> !compiler.compile(part).holds(state))
                    .findFirst()
                    .flatMap(part -> failing(part, compiler, state));
        } else if (condition instanceof Condition.Or or) {
            return or.parts().stream().findFirst().flatMap(part -> failing(part, compiler, state));
        }
        return Optional.empty();
    }
}
