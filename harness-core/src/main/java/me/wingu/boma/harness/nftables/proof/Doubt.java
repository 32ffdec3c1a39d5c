package me.wingu.boma.harness.nftables.proof;

import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.RuleId;

/** Unknowns that the proof itself adds to those of the ruleset. */
final class Doubt {

    /** Below every number that the ruleset's own unknowns have. */
    private static final int OWN = -1;

    private Doubt() {}

    /** Returns the unknown of a rule that has this reason. */
    static Condition.Unknown about(RuleId rule, String reason) {
        return new Condition.Unknown(rule, OWN, reason);
    }
}
