package me.wingu.boma.harness.cli.bench;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Notes when a test class begins, before anything is provisioned for it, and when its first test method does, after
 * everything was. JUnit finds it by itself in the process of {@link OneTest}, and only there is it told where to write.
 */
public final class Stopwatch implements BeforeAllCallback, BeforeTestExecutionCallback {

    /** The configuration parameter that names the file to write to. */
    static final String FILE = "boma.bench.times";

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getConfigurationParameter(FILE).ifPresent(file -> new TimesFile(file).note("class"));
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        context.getConfigurationParameter(FILE).ifPresent(file -> new TimesFile(file).note("method"));
    }
}
