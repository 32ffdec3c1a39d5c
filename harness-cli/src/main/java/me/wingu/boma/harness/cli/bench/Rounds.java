package me.wingu.boma.harness.cli.bench;

import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;

/** How often something is measured. */
final class Rounds {

    private Rounds() {}

    /**
     * Refuses to measure less than once.
     *
     * @param option the option that has the number, such as {@code --rounds}
     * @param count the number
     * @throws HarnessException of kind {@code USAGE} when the number is below 1
     */
    static void require(String option, int count) {
        if (count < 1) {
            throw new HarnessException(
                    Kind.USAGE, "Measuring " + count + " times is impossible.", "", "give " + option + " a number from 1 on");
        }
    }
}
