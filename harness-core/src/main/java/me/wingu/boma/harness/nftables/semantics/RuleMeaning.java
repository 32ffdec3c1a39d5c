package me.wingu.boma.harness.nftables.semantics;

import java.util.List;
import me.wingu.boma.harness.nftables.Rule;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What one rule means.
 *
 * @param id its name
 * @param rule the rule
 * @param steps what it does, in order; without a deciding step the next rule follows
 * @param unknowns everything in it that cannot be predicted
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record RuleMeaning(RuleId id, Rule rule, List<Step> steps, List<Condition.Unknown> unknowns) {

    /** Takes copies. */
    public RuleMeaning {
        steps = List.copyOf(steps);
        unknowns = List.copyOf(unknowns);
    }

    /**
     * Returns whether its effect on packets is modelled exactly: it has no unknown, or all that depends on one is whether
     * the rule counts or logs.
     */
    public boolean exact() {
        return unknowns.isEmpty() || steps.stream().allMatch(Step.Guard.class::isInstance);
    }
}
