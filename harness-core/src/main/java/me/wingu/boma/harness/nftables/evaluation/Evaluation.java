package me.wingu.boma.harness.nftables.evaluation;

import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.RulesetMeaning;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What happens to a packet, and why.
 *
 * @param ruleset the ruleset that was asked
 * @param packet the packet
 * @param verdict the verdict; UNKNOWN when it depends on something that the ruleset does not tell
 * @param outcome the way of the packet; when the verdict is UNKNOWN, one of the possible ways
 * @param unknowns what could not be told and was met on the way, whether or not it changes the verdict
 * @param otherOrder what happens when chains of equal priority run in the opposite order, when that differs: the
 *     documentation leaves the order open, and kernels differ
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Evaluation(
        RulesetMeaning ruleset,
        Packet packet,
        Answer verdict,
        Outcome outcome,
        List<Condition.Unknown> unknowns,
        Optional<Outcome> otherOrder) {

    /** Takes a copy. */
    public Evaluation {
        unknowns = List.copyOf(unknowns);
    }

    /** Returns whether the packet passes every chain, for certain. */
    public boolean accepted() {
        return verdict == Answer.ACCEPT && otherOrder.filter(other -> other.verdict() != Answer.ACCEPT).isEmpty();
    }

    /** Returns the explanation that a colleague would give: which rule decided, and why the earlier ones did not. */
    public String explain() {
        return new Explanation(this).text();
    }
}
