package me.wingu.boma.harness.nftables.kernel;

import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What the comparison with the kernel found.
 *
 * @param rulesets rulesets that were loaded and compared
 * @param notLoadable files that this machine's nft or kernel refuses
 * @param rules rules of the loaded rulesets
 * @param exactRules those of them whose effect on packets is modelled without an unknown, a lookup in a set that packets
 *     or time can change being one
 * @param packets packets whose way through the kernel was compared
 * @param disagreements packets, or rulesets, on which the kernel and the model differ
 * @param unknowns packets whose way the model leaves open; the kernel took one of those that it leaves open
 * @param skipped packets that were made but not compared, and rules that no packet is sent to; the details give reasons
 * @param details one paragraph for each file not loaded, rule not modelled exactly, disagreement and kind of skip
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record KernelCheckResult(
        int rulesets,
        int notLoadable,
        int rules,
        int exactRules,
        int packets,
        int disagreements,
        int unknowns,
        int skipped,
        List<String> details) {

    /** Takes a copy. */
    public KernelCheckResult {
        details = List.copyOf(details);
    }

    /** Returns whether the kernel never contradicted the model. */
    public boolean agrees() {
        return disagreements == 0;
    }
}
