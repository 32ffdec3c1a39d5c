package me.wingu.boma.harness.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import me.wingu.boma.harness.cli.BomaIt;
import me.wingu.boma.harness.diagnostics.RunDirectory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole {@code cycle}, from nothing.
 *
 * @param tookMs from the start of the process to its end
 * @param steps what its rehearsals did, one for each test class of the host
 * @param tests how many tests it ran
 */
record Cold(long tookMs, RunSteps steps, int tests) {

    /**
     * Runs {@code boma-it cycle HOST} in a process of its own, with the settings that the command has.
     *
     * @param host the host
     * @param scratch a directory for its output
     * @throws me.wingu.boma.harness.HarnessException when it does not pass
     */
    static Cold cycle(String host, Path scratch) throws IOException {
        List<String> command = Jvm.running(
                List.of("-XX:+UseSerialGC", "-Xmx128m", "-XX:TieredStopAtLevel=1"), BomaIt.class, "cycle", host, "--json");
        Path log = scratch.resolve("cycle.log");
        Duration took =
                new Programs(scratch, Map.of(), log).time("see that ./boma-it cycle " + host + " passes first", command);
        String last = Files.readAllLines(log, StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("{\"host\""))
                .reduce("{}", (earlier, later) -> later);
        JsonNode report = JsonMapper.shared().readTree(last);
        RunSteps steps = new RunSteps(new ArrayList<>());
        for (JsonNode run : report.path("runs")) {
            Path directory = Path.of(run.asString());
            steps.all().addAll(RunDirectory.open(directory, UnaryOperator.identity()).record().steps());
        }
        return new Cold(took.toMillis(), steps, report.path("tests").size());
    }

    /** Returns how many guests it booted for the first time. */
    int ups() {
        return steps.each("up").size();
    }

    /** Returns how often it applied a site. */
    int applies() {
        return steps.each("apply").size();
    }

    /** Returns how many reboots it made. */
    int reboots() {
        return steps.each("reboot").size();
    }

    /** Returns how long it worked on something else than steps: on its tests, for the most part. */
    long testsMs() {
        return Math.max(0, tookMs - steps.took());
    }
}
