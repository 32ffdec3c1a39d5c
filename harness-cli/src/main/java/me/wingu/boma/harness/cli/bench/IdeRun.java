package me.wingu.boma.harness.cli.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import me.wingu.boma.harness.diagnostics.RunDirectory;
import me.wingu.boma.harness.diagnostics.RunRecord;
import me.wingu.boma.harness.junit.AfterReboot;
import me.wingu.boma.harness.junit.IntegrationVm;
import me.wingu.boma.harness.rehearsal.Rehearsal;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * One test method, run as by an IDE, from a saved guest.
 *
 * @param toMethodMs from the start of its class to that of the method
 * @param toVerdictMs from the start of the process to the method's verdict
 * @param toEndMs from the start of the process to its end, with the guest taken down
 * @param stoodBy whether the guest stood by
 */
record IdeRun(long toMethodMs, long toVerdictMs, long toEndMs, boolean stoodBy) {

    /**
     * Runs the method in a process of its own, started as an IDE would.
     *
     * @param test the method's fully qualified name
     * @param scratch an empty directory
     * @throws HarnessException when the test does not pass, or does not go on from a saved guest
     */
    static IdeRun of(String test, Path scratch) throws IOException {
        TimesFile times = new TimesFile(scratch.resolve("times"));
        Path log = scratch.resolve("test.log");
        long began = Instant.now().toEpochMilli();
        Process process = new ProcessBuilder(
                        Jvm.running(settings(), OneTest.class, test, times.path().toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.onExit().join();
        long ended = Instant.now().toEpochMilli();
        if (!Files.exists(times.path()) || !times.fact("status").equals(Optional.of("SUCCESSFUL"))) {
            throw failed(test, Files.readString(log, StandardCharsets.UTF_8));
        }
        RunRecord record = RunDirectory.open(Path.of(times.fact("boma.run").orElseThrow()), UnaryOperator.identity())
                .record();
        refuseWork(test, record);
        return new IdeRun(
                moment(times, "method") - moment(times, "class"),
                moment(times, "verdict") - began,
                ended - began,
                record.steps().stream().anyMatch(Rehearsal::stoodBy));
    }

    /** Returns what an IDE starts a test of a host with: a word of its own, and the build's settings, which it takes over. */
    static List<String> settings() throws IOException {
        String ofTheBuild = Resource.text("host-tests.jvmargs");
        return Stream.concat(Stream.of("-ea"), Stream.of(ofTheBuild.strip().split("\\s+", -1))).toList();
    }

    private static long moment(TimesFile times, String event) {
        return Long.parseLong(times.fact(event).orElseThrow());
    }

    /** What was booted or applied anew is another measurement. */
    private static void refuseWork(String test, RunRecord record) {
        RunSteps steps = new RunSteps(record.steps());
        if (record.restoredFrom().isEmpty() || steps.has("up") || steps.has("apply") || steps.has("reboot")) {
            throw failed(test, "it did not go on from a saved guest alone: " + record.steps());
        }
    }

    private static HarnessException failed(String test, String seen) {
        return new HarnessException(
                Kind.STEP, "Running " + test + " from a saved guest failed.", seen.strip(),
                "see that it passes by itself, or name another one: --test CLASS#METHOD");
    }

    /**
     * Finds a test that needs no reboot, of the host as it should be.
     *
     * @throws HarnessException when there is none
     */
    static String anyTestOf(String host) {
        var roots = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(path -> path.endsWith("test-classes") && Files.isDirectory(path))
                .toList();
        TestPlan plan = LauncherFactory.create()
                .discover(LauncherDiscoveryRequestBuilder.request()
                        .selectors(DiscoverySelectors.selectClasspathRoots(new LinkedHashSet<>(roots)))
                        .build());
        return plan.getRoots().stream()
                .flatMap(root -> plan.getDescendants(root).stream())
                .flatMap(IdeRun::method)
                .filter(method -> isOrdinary(method, host))
                .map(method -> "%s#%s(%s)"
                        .formatted(method.getClassName(), method.getMethodName(), method.getMethodParameterTypes()))
                .findFirst()
                .orElseThrow(() -> new HarnessException(
                        Kind.USAGE,
                        "There is no test of host " + host + " to run from a saved guest.",
                        "looked in " + roots,
                        "write an ordinary @Test for it: docs/adding-a-host.md, or name one: --test CLASS#METHOD"));
    }

    private static Stream<MethodSource> method(TestIdentifier test) {
        return test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast).stream();
    }

    private static boolean isOrdinary(MethodSource method, String host) {
        return AnnotationSupport.findAnnotation(method.getJavaClass(), IntegrationVm.class)
                        .filter(vm -> vm.host().equals(host) && vm.scenario().isEmpty() && List.of(vm.certs()).isEmpty())
                        .isPresent()
                && AnnotationSupport.findAnnotation(method.getJavaMethod(), AfterReboot.class).isEmpty();
    }
}
