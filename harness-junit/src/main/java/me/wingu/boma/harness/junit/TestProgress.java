package me.wingu.boma.harness.junit;

import java.time.Duration;
import java.time.Instant;
import me.wingu.boma.harness.rehearsal.Progress;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.opentest4j.TestAbortedException;

/** Tells who waits which test of a host runs, and how it ended. */
final class TestProgress implements BeforeTestExecutionCallback, AfterTestExecutionCallback {

    private static final Namespace NAMESPACE = Namespace.create(TestProgress.class);

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        context.getStore(NAMESPACE).put(Instant.class, Instant.now());
        progress(context).testStarted(IntegrationVmExtension.host(context), name(context));
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        Instant began = context.getStore(NAMESPACE).remove(Instant.class, Instant.class);
        boolean passed = context.getExecutionException().filter(e -> !(e instanceof TestAbortedException)).isEmpty();
        progress(context)
                .testEnded(
                        IntegrationVmExtension.host(context), name(context), Duration.between(began, Instant.now()), passed);
    }

    private static Progress progress(ExtensionContext context) {
        return SharedLab.of(context).lab().progress();
    }

    private static String name(ExtensionContext context) {
        return context.getTestMethod().map(method -> method.getName()).orElse(context.getDisplayName());
    }
}
