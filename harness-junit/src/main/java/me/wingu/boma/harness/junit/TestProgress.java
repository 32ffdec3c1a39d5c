package me.wingu.boma.harness.junit;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import me.wingu.boma.harness.rehearsal.Progress;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Tells who waits which test of a host runs, and how it ended: as JUnit judges it, for an assumption may be any library's. */
final class TestProgress implements BeforeTestExecutionCallback, TestWatcher {

    /** When the tests that run now began, by their unique ids: a test's own store is closed before its end is told. */
    private final Map<String, Instant> began = new ConcurrentHashMap<>();

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        began.put(context.getUniqueId(), Instant.now());
        progress(context).testStarted(IntegrationVmExtension.host(context), name(context));
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        ended(context, true);
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        ended(context, true);
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        ended(context, false);
    }

    /** A test that failed before it ran, for want of its machine or reboot, took no time of its own. */
    private void ended(ExtensionContext context, boolean passed) {
        Duration took = Optional.ofNullable(began.remove(context.getUniqueId()))
                .map(since -> Duration.between(since, Instant.now()))
                .orElse(Duration.ZERO);
        progress(context).testEnded(IntegrationVmExtension.host(context), name(context), took, passed);
    }

    private static Progress progress(ExtensionContext context) {
        return SharedLab.of(context).lab().progress();
    }

    private static String name(ExtensionContext context) {
        return context.getTestMethod().map(method -> method.getName()).orElse(context.getDisplayName());
    }
}
