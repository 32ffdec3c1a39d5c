package me.wingu.boma.harness.cli.bench;

import java.util.List;
import java.util.function.Predicate;
import me.wingu.boma.harness.diagnostics.RunRecord;

/**
 * How long the steps of a run took.
 *
 * @param all the steps, in order
 */
record RunSteps(List<RunRecord.Step> all) {

    /** Returns whether there was a step of that name. */
    boolean has(String name) {
        return all.stream().anyMatch(step -> step.name().equals(name));
    }

    /** Returns how long each step of a name took, in milliseconds. */
    List<Long> each(String name) {
        return all.stream()
                .filter(step -> step.name().equals(name))
                .map(RunRecord.Step::durationMs)
                .toList();
    }

    /** Returns how long all steps of some names took together, in milliseconds. */
    long took(String... names) {
        return took(step -> List.of(names).contains(step.name()));
    }

    /** Returns how long all of them took, in milliseconds. */
    long took() {
        return took(step -> true);
    }

    private long took(Predicate<RunRecord.Step> which) {
        return all.stream().filter(which).mapToLong(RunRecord.Step::durationMs).sum();
    }
}
