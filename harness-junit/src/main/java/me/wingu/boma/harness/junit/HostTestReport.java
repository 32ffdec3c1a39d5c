package me.wingu.boma.harness.junit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * How the tests of a host ended.
 *
 * @param outcomes one entry a test, and one for each class that could not be set up
 * @param runs the run directories, one a virtual machine
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record HostTestReport(List<Outcome> outcomes, List<Path> runs) {

    /** Copies the lists. */
    public HostTestReport {
        outcomes = List.copyOf(outcomes);
        runs = List.copyOf(runs);
    }

    /** How one test ended. */
    public enum Ending {
        /** It passed. */
        PASSED,
        /** An assertion failed, or it broke. */
        FAILED,
        /** It did not run. */
        SKIPPED
    }

    /**
     * One test.
     *
     * @param name the method's name, or the class's where the whole class failed
     * @param status how it ended
     * @param failure why it failed; empty otherwise
     */
    public record Outcome(String name, Ending status, Optional<Throwable> failure) {}

    /** Returns the names of the tests that ended so, in the order of execution. */
    public List<String> names(Ending status) {
        return outcomes.stream()
                .filter(o -> o.status() == status)
                .map(Outcome::name)
                .collect(Collectors.toList());
    }

    /** Returns why tests failed, in the order of execution. */
    public List<Outcome> failures() {
        return outcomes.stream().filter(o -> o.status() == Ending.FAILED).toList();
    }

    /**
     * Returns the exit status of a command that ran these tests: 0 all passed, 1 an assertion failed, and 2, 3 or 4
     * when the harness itself could not do its part; the highest wins.
     */
    public int exitStatus() {
        return failures().stream()
                .map(o -> o.failure().map(HostTestReport::statusOf).orElse(1))
                .max(Comparator.naturalOrder())
                .orElse(0);
    }

    private static int statusOf(Throwable failure) {
        return Stream.iterate(failure, t -> t != null, Throwable::getCause)
                .filter(HarnessException.class::isInstance)
                .map(t -> ((HarnessException) t).kind().exitStatus())
                .findFirst()
                .orElse(1);
    }

    /** Records outcomes as they come. */
    static final class Recorder implements TestExecutionListener {

        private final List<Outcome> outcomes = new ArrayList<>();
        private final Set<Path> runs = new LinkedHashSet<>();

        HostTestReport report() {
            return new HostTestReport(outcomes, List.copyOf(runs));
        }

        @Override
        public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
            Optional.ofNullable(entry.getKeyValuePairs().get(ClassRehearsal.RUN)).map(Path::of).ifPresent(runs::add);
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            boolean failed = result.getStatus() == TestExecutionResult.Status.FAILED;
            if (test.isTest() || failed) {
                outcomes.add(new Outcome(
                        name(test),
                        switch (result.getStatus()) {
                            case SUCCESSFUL -> Ending.PASSED;
                            case ABORTED -> Ending.SKIPPED;
                            case FAILED -> Ending.FAILED;
                        },
                        result.getThrowable()));
            }
        }

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            if (test.isTest()) {
                outcomes.add(new Outcome(name(test), Ending.SKIPPED, Optional.empty()));
            }
        }

        private static String name(TestIdentifier test) {
            return test.getSource()
                    .filter(MethodSource.class::isInstance)
                    .map(s -> ((MethodSource) s).getMethodName())
                    .orElse(test.getDisplayName());
        }
    }
}
