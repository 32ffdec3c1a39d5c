package me.wingu.boma.harness.nftables.kernel;

import java.util.List;
import me.wingu.boma.harness.nftables.evaluation.Evaluator;
import me.wingu.boma.harness.nftables.evaluation.Outcome;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import me.wingu.boma.harness.nftables.semantics.RulesetMeaning;

/** The side of the comparison that is on trial. */
interface Judge {

    /** Returns every way that the packet may take. */
    List<Outcome> outcomes(Packet packet);

    /** Returns every way that the packet may take before routing. */
    List<Outcome> beforeRouting(Packet packet);

    /** Returns whether connection tracking is at work for this version of IP. */
    boolean tracksConnections(boolean v6);

    /** Makes a judge for a ruleset. */
    interface Factory {
        Judge of(RulesetMeaning ruleset);
    }

    static Judge model(RulesetMeaning ruleset) {
        Evaluator evaluator = new Evaluator(ruleset);
        return new Judge() {
            @Override
            public List<Outcome> outcomes(Packet packet) {
                return evaluator.outcomes(packet);
            }

            @Override
            public List<Outcome> beforeRouting(Packet packet) {
                return evaluator.outcomesBeforeRouting(packet);
            }

            @Override
            public boolean tracksConnections(boolean v6) {
                return evaluator.tracksConnections(v6);
            }
        };
    }
}
