package me.wingu.boma.harness.cli.rehearse;

import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.checkpoint.Stage;
import me.wingu.boma.harness.rehearsal.RebootKind;

/** The stages as words of the command line. */
final class Stages {

    private Stages() {}

    /**
     * Returns the stage of a word.
     *
     * @throws HarnessException of kind {@code USAGE} when there is no such stage
     */
    static Stage named(String word) {
        Stage stage = Stage.of(word);
        stage.reboots().forEach(RebootKind::of); // tells a word that is none
        if (!stage.word().equals(word)) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE,
                    "There is no stage \"" + word + "\".",
                    "",
                    "use up or applied, or applied+clean");
        }
        return stage;
    }
}
