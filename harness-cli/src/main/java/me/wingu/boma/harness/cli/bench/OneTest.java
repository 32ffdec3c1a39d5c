package me.wingu.boma.harness.cli.bench;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A process of its own, which runs one test method as an IDE does: by JUnit's launcher, from compiled classes. */
final class OneTest {

    private OneTest() {}

    /**
     * Runs the test, and notes its verdict as soon as there is one.
     *
     * @param args the method's fully qualified name, and the file to note times in
     */
    public static void main(String[] args) {
        List<String> words = List.of(args);
        TimesFile times = new TimesFile(words.get(1));
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(words.get(0)))
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
                .configurationParameter(Stopwatch.FILE, words.get(1))
                .configurationParameter("boma.fast", "true")
                .build();
        LauncherFactory.create().execute(request, new Verdict(times));
    }

    /** Notes the verdict, the run directory and the reason of a failure. */
    private record Verdict(TimesFile times) implements TestExecutionListener {

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
                times.note("verdict");
                times.note("status", result.getStatus().name());
            }
            result.getThrowable()
                    .ifPresent(failure -> times.note("failure", String.valueOf(failure.getMessage()).replace('\n', ' ')));
        }

        @Override
        public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
            entry.getKeyValuePairs().forEach(times::note);
        }
    }
}
