package me.wingu.boma.harness.nftables.evaluation;

import java.util.List;
import me.wingu.boma.harness.nftables.Expression;
import me.wingu.boma.harness.nftables.Family;
import me.wingu.boma.harness.nftables.Statement;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.RuleMeaning;
import me.wingu.boma.harness.nftables.semantics.RulesetMeaning;
import me.wingu.boma.harness.nftables.semantics.Step;

/** Whether a ruleset switches connection tracking on; without it NAT chains are not traversed. */
final class ConntrackUse {

    private ConntrackUse() {}

    static boolean in(RulesetMeaning ruleset, boolean v6) {
        List<Family> families = List.of(Family.INET, v6 ? Family.IP6 : Family.IP);
        return ruleset.rules()
                .filter(rule -> families.contains(rule.id().family()))
                .anyMatch(rule -> uses(rule, v6));
    }

    private static boolean uses(RuleMeaning rule, boolean v6) {
        return rule.steps().stream().anyMatch(ConntrackUse::uses)
                || rule.rule().statements().stream().anyMatch(statement -> translates(statement, v6))
                || rule.rule().statements().stream().anyMatch(ConntrackUse::uses);
    }

    private static boolean uses(Step step) {
        if (step instanceof Step.Guard guard) {
            return reads(guard.condition());
        } else if (step instanceof Step.Branch branch) {
            return branch.cases().stream().anyMatch(each -> reads(each.when()));
        } else if (step instanceof Step.Assign assign) {
            return assign.target().name().startsWith("CT_");
        }
        return step instanceof Step.Untrack || step instanceof Step.Opaque;
    }

    /** A translation that names its IP version needs connections of that version only. */
    private static boolean translates(Statement statement, boolean v6) {
        return statement instanceof Statement.Nat nat
                && nat.family().filter(family -> family == (v6 ? Family.IP : Family.IP6)).isEmpty();
    }

    private static boolean uses(Statement statement) {
        return statement instanceof Statement.CtCount
                || statement instanceof Statement.Flow
                || (statement instanceof Statement.Mangle mangle && mangle.key() instanceof Expression.Ct)
                || (statement instanceof Statement.UseObject use && use.kind().startsWith("ct "));
    }

    private static boolean reads(Condition condition) {
        if (condition instanceof Condition.And and) {
            return and.parts().stream().anyMatch(ConntrackUse::reads);
        } else if (condition instanceof Condition.Or or) {
            return or.parts().stream().anyMatch(ConntrackUse::reads);
        } else if (condition instanceof Condition.Not not) {
            return reads(not.part());
        } else if (condition instanceof Condition.Test test) {
            return test.field().name().startsWith("CT_");
        }
        return condition instanceof Condition.Unknown unknown && unknown.reason().startsWith("ct ");
    }
}
