package me.wingu.boma.harness.cli.rehearse;

import me.wingu.boma.harness.rehearsal.Reuse;
import picocli.CommandLine.Option;

/** Whether a run may go on from a saved guest. */
final class FastOption {

    @Option(
            names = "--fast",
            description = "Go on from the latest saved guest with the same inputs, instead of doing everything anew.")
    private boolean fast;

    Reuse reuse() {
        return fast ? Reuse.FAST : Reuse.FRESH;
    }
}
