package me.wingu.boma.harness.diagnostics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** How long the steps of a host took in earlier runs, by their {@code run.json}: what a person who waits wants to know. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class StepTimes {

    private static final int RUNS = 10;

    private final Path runs;
    private final Map<String, List<RunRecord>> records = new ConcurrentHashMap<>();

    /**
     * Creates the memory; each host's runs are read once, when they are asked for.
     *
     * @param runs the directory of all runs; it need not exist
     */
    public StepTimes(Path runs) {
        this.runs = runs;
    }

    /**
     * Returns how long a step took when it last passed, within the host's ten latest runs.
     *
     * @param host the host
     * @param step the step's name, such as {@code apply}
     */
    public Optional<Duration> last(String host, String step) {
        return records.computeIfAbsent(host, this::read).stream()
                .flatMap(run -> run.steps().stream())
                .filter(s -> s.name().equals(step) && s.status().equals("passed"))
                .map(s -> Duration.ofMillis(s.durationMs()))
                .findFirst();
    }

    /** Latest first: a run directory's name begins with its time. A run that cannot be read was cut off, and is passed over. */
    private List<RunRecord> read(String host) {
        try (Stream<Path> directories = Files.list(runs)) {
            return directories
                    .filter(d -> d.getFileName().toString().endsWith("-" + host))
                    .sorted(Comparator.reverseOrder())
                    .limit(RUNS)
                    .flatMap(d -> record(d).stream())
                    .filter(run -> run.host().equals(host))
                    .toList();
        } catch (IOException e) {
            return List.of(); // nothing was run yet
        }
    }

    private static Optional<RunRecord> record(Path directory) {
        try {
            return Optional.of(RunDirectory.open(directory, UnaryOperator.identity()).record());
        } catch (HarnessException e) {
            return Optional.empty();
        }
    }
}
