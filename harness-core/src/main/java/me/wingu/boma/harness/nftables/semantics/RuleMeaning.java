package me.wingu.boma.harness.nftables.semantics;

import java.util.List;
import java.util.Set;
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
 * @param asked the sets that it looks into, whose elements are taken as listed, although rules change them
 * @param afterChange what it does, in order, for a packet that has changed one of these sets before
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record RuleMeaning(
        RuleId id, Rule rule, List<Step> steps, List<Condition.Unknown> unknowns, Set<String> asked, List<Step> afterChange) {

    /** Takes copies. */
    public RuleMeaning {
        steps = List.copyOf(steps);
        unknowns = List.copyOf(unknowns);
        asked = Set.copyOf(asked);
        afterChange = List.copyOf(afterChange);
    }

    /**
     * Returns whether its effect on packets is modelled exactly: it has no unknown, or all that depends on one is whether
     * the rule counts or logs.
     */
    public boolean exact() {
        return unknowns.isEmpty()
                || steps.stream().allMatch(step -> step instanceof Step.Guard || step instanceof Step.Change);
    }
}
