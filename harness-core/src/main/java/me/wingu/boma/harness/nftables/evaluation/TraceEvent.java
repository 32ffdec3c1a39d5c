package me.wingu.boma.harness.nftables.evaluation;

import java.util.Optional;
import me.wingu.boma.harness.nftables.Chain;
import me.wingu.boma.harness.nftables.semantics.RuleMeaning;
import me.wingu.boma.harness.nftables.semantics.Ruling;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * One rule that matched, or the end of a base chain by its policy.
 *
 * @param chain the chain
 * @param rule the rule; empty for the policy
 * @param ruling what it said; {@code CONTINUE} for a rule that matched without deciding
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record TraceEvent(Chain chain, Optional<RuleMeaning> rule, Ruling ruling) {

    /** Returns the event in one line, such as {@code inet filter input handle 7: tcp dport 22 accept}. */
    @Override
    public String toString() {
        return rule.map(each -> each.id() + ": " + each.rule().text()).orElse(chain + ": policy " + ruling);
    }
}
