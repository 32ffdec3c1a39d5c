package me.wingu.boma.harness.nftables.semantics;

import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.nftables.Chain;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What one chain means.
 *
 * @param chain the chain
 * @param rules its rules, in order
 * @param doubt why it may not run, although the listing has it at a hook
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record ChainMeaning(Chain chain, List<RuleMeaning> rules, Optional<Condition.Unknown> doubt) {

    /** Takes a copy. */
    public ChainMeaning {
        rules = List.copyOf(rules);
    }
}
