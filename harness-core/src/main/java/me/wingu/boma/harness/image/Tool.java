package me.wingu.boma.harness.image;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;

/**
 * One run of a program of this machine, which ends with this process, however that ends.
 *
 * @param purpose what it is for, as the start of a failure's sentence: "Building the root file system"
 * @param command the program and its arguments
 * @param environment variables beside the inherited ones
 * @param output the file that takes its standard output; empty when that belongs to the lines
 * @param deadline how long it may take
 */
record Tool(
        String purpose,
        List<String> command,
        Map<String, String> environment,
        Optional<Path> output,
        Duration deadline) {

    private static final int LAST_LINES = 15;

    /** The status by which a shell tells that there is no such program. */
    private static final int NOT_FOUND = 127;

    static Tool of(String purpose, Duration deadline, List<String> command) {
        return new Tool(purpose, command, Map.of(), Optional.empty(), deadline);
    }

    Tool with(Map<String, String> variables) {
        Map<String, String> all = new TreeMap<>(environment);
        all.putAll(variables);
        return new Tool(purpose, command, all, output, deadline);
    }

    Tool writingTo(Path file) {
        return new Tool(purpose, command, environment, Optional.of(file), deadline);
    }

    /**
     * Runs the program to its end.
     *
     * @param lines is given each line of its output that goes to no file
     * @throws HarnessException when it cannot be started, ends with another status than 0, or the deadline passes (it is
     *     stopped then); the message has its last lines
     */
    void run(Consumer<String> lines) {
        Deque<String> last = new ArrayDeque<>();
        AtomicBoolean late = new AtomicBoolean();
        Process process = start();
        process.onExit().orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS).exceptionally(timeout -> {
            late.set(true);
            stop(process);
            return process;
        });
        int status;
        try {
            read(process, line -> {
                last.addLast(line);
                if (last.size() > LAST_LINES) {
                    last.removeFirst();
                }
                lines.accept(line);
            });
            status = process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("it was interrupted", last);
        } finally {
            stop(process);
        }
        if (late.get()) {
            throw failed("it was stopped after its deadline of " + deadline.toMinutes() + " min", last);
        }
        if (status == NOT_FOUND) {
            throw new HarnessException(
                    Kind.MACHINE, purpose + " failed.", String.join("\n", last), "run ./boma-it setup, which installs it");
        }
        if (status != 0) {
            throw failed(command.get(0) + " ended with status " + status, last);
        }
    }

    /** Runs the program to its end and returns what it wrote. */
    String text() {
        StringBuilder text = new StringBuilder();
        run(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private Process start() {
        ProcessBuilder builder = new ProcessBuilder(mortal());
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C.UTF-8");
        output.ifPresentOrElse(
                file -> builder.redirectOutput(file.toFile()), () -> builder.redirectErrorStream(true));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new HarnessException(
                    Kind.MACHINE, purpose + " failed: no process can be started.", e.toString(), "try again", e);
        }
    }

    private void read(Process process, Consumer<String> lines) {
        try (BufferedReader reader = output.isPresent()
                ? process.errorReader(StandardCharsets.UTF_8)
                : process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(lines);
        } catch (IOException | UncheckedIOException e) {
            lines.accept("(its output ends here: " + e.getMessage() + ")");
        }
    }

    /** The command with a lifeline, which also a kill -9 of this process cuts. */
    private List<String> mortal() {
        List<String> all = new ArrayList<>(List.of("sh", "-c", Scripts.text("lifeline.sh"), "lifeline.sh"));
        all.addAll(command);
        return all;
    }

    private static void stop(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy(); // no lifeline to cut: it is about to end anyway
        }
    }

    private HarnessException failed(String how, Deque<String> last) {
        return new HarnessException(
                Kind.MACHINE,
                purpose + " failed: " + how + ".",
                "its last lines:\n" + String.join("\n", last),
                "correct what they say and try again");
    }
}
