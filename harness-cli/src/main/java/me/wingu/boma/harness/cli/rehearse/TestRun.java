package me.wingu.boma.harness.cli.rehearse;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.junit.HostTestReport;
import me.wingu.boma.harness.junit.HostTestReport.Ending;
import me.wingu.boma.harness.junit.HostTests;
import tools.jackson.databind.json.JsonMapper;

/** Runs the tests that were written for a host, and tells how they ended. */
final class TestRun {

    private final HostTests tests;
    private final boolean json;

    /**
     * Prepares a run.
     *
     * @param tests the tests
     * @param json whether the last line says how they ended for a machine
     */
    TestRun(HostTests tests, boolean json) {
        this.tests = tests;
        this.json = json;
    }

    /** Finds the tests among the class directories that this command was started with. */
    static HostTests find(String host) {
        Set<Path> roots = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(Files::isDirectory)
                .filter(p -> p.endsWith("test-classes"))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return HostTests.in(roots, host);
    }

    /** Tells that a host has no tests. */
    static HarnessException none(String host) {
        return new HarnessException(
                HarnessException.Kind.USAGE,
                "There is no test of host " + host + ".",
                "no class with @IntegrationVm(host = \"" + host + "\") among the compiled tests",
                "write one in host-tests/src/test/java; docs/adding-a-host.md shows how");
    }

    /** Runs the tests; returns the command's exit status. */
    int run() {
        HostTestReport report = tests.run();
        if (report.outcomes().isEmpty()) {
            throw none(tests.host());
        }
        for (HostTestReport.Outcome failed : report.failures()) {
            System.out.printf("%nFAILED %s%n", failed.name());
            failed.failure().ifPresent(f -> System.out.println(String.valueOf(f.getMessage()).strip().indent(2)
                    .stripTrailing()));
        }
        System.out.printf(
                "%n%s: %d passed, %d failed, %d skipped%n",
                tests.host(),
                report.names(Ending.PASSED).size(),
                report.failures().size(),
                report.names(Ending.SKIPPED).size());
        if (json) {
            System.out.println(JsonMapper.shared().writeValueAsString(asMap(report)));
        }
        return report.exitStatus();
    }

    private Map<String, Object> asMap(HostTestReport report) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("host", tests.host());
        map.put("exitStatus", report.exitStatus());
        map.put("runs", report.runs().stream().map(Path::toString).toList());
        map.put("tests", report.outcomes().stream().map(TestRun::asMap).toList());
        return map;
    }

    private static Map<String, String> asMap(HostTestReport.Outcome outcome) {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("name", outcome.name());
        map.put("status", outcome.status().name().toLowerCase(Locale.ROOT));
        outcome.failure().ifPresent(failure -> map.put("message", String.valueOf(failure.getMessage()).strip()));
        return map;
    }
}
