package me.wingu.boma.harness.apply;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;

/** Runs a command in a clean environment and hands on its output line by line while it runs. */
final class StreamedProcess {

    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private final List<String> command;
    private final Map<String, String> environment;
    private final File directory;

    StreamedProcess(List<String> command, Map<String, String> environment, File directory) {
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.directory = directory;
    }

    /**
     * Runs the command to its end. The calling thread must be the one that starts and awaits the process: its death is
     * what the process's parent-death signal watches.
     *
     * @return the exit status
     * @throws HarnessException when the command cannot be started, or the deadline passes; it is killed then
     */
    int run(Duration deadline, Consumer<String> lines) {
        Process process = start();
        Thread reader = new Thread(() -> read(process, lines), "output-of-" + process.pid());
        reader.start();
        try {
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new HarnessException(
                        Kind.STEP,
                        "Running the playbook took longer than its deadline of " + deadline.toSeconds() + " s.",
                        "",
                        "see the end of its log for the task it was in");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException(Kind.STEP, "Running the playbook was interrupted.", "", "", e);
        } finally {
            process.destroyForcibly();
            awaitEnd(reader);
        }
    }

    private Process start() {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new HarnessException(
                    Kind.MACHINE,
                    "Starting " + command.get(0) + " failed.",
                    e.getMessage(),
                    "install the Debian package util-linux",
                    e);
        }
    }

    private static void read(Process process, Consumer<String> lines) {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines().forEach(lines);
        } catch (IOException | UncheckedIOException e) {
            lines.accept("(the output ends here: " + e.getMessage() + ")");
        }
    }

    private static void awaitEnd(Thread reader) {
        try {
            reader.join(LAST_WORDS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
