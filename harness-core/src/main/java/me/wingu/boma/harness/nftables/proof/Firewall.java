package me.wingu.boma.harness.nftables.proof;

import java.util.List;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.evaluation.Evaluation;
import me.wingu.boma.harness.nftables.evaluation.Evaluator;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import me.wingu.boma.harness.nftables.semantics.RulesetMeaning;
import me.wingu.boma.harness.nftables.semantics.SetContents;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A host's firewall, ready to be asked: its ruleset, and what else a verdict depends on.
 *
 * @param ruleset the ruleset
 * @param network interfaces, addresses and routes of the host
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Firewall(Ruleset ruleset, HostNetwork network) {

    /** Returns the firewall of a host of which only the ruleset is known. */
    public static Firewall of(Ruleset ruleset) {
        return new Firewall(ruleset, HostNetwork.unknown());
    }

    /** Returns what the rules mean, the sets holding what the listing shows. */
    public RulesetMeaning meaning() {
        return RulesetMeaning.of(ruleset, network, SetContents.AS_LISTED);
    }

    /** Returns what happens to one packet now, the sets holding what the listing shows. */
    public Evaluation evaluate(Packet packet) {
        return new Evaluator(meaning()).evaluate(packet);
    }

    /**
     * Returns a prover for what can ever happen: a set that packets or time can change may hold anything.
     *
     * <p>A set that only an administrator changes holds what the listing shows.
     */
    public Prover prover() {
        return new Prover(RulesetMeaning.of(ruleset, network, SetContents.MAY_CHANGE));
    }

    /** Returns everything that these packets can reach, at the host and behind it. */
    public List<Exposure> exposures(Arrivals arrivals) {
        return new ExposureSurvey(RulesetMeaning.of(ruleset, network, SetContents.MAY_CHANGE), ProofLimits.STANDARD)
                .of(arrivals);
    }
}
