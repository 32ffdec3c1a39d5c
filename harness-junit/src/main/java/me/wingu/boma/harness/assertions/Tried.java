package me.wingu.boma.harness.assertions;

import me.wingu.boma.harness.probe.Trial;

/** Words the failure of an assertion on something that was tried. */
final class Tried {

    private Tried() {}

    static String failure(String problem, Trial trial) {
        return problem + "\n" + trial.describe();
    }

    /** One more block under the trial's own, in the same columns. */
    static String block(String label, String text) {
        return "\n  " + (label + ":       ").substring(0, 7) + text.strip().replace("\n", "\n         ");
    }
}
