package me.wingu.boma.harness.image;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
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
 * One run of a program of this machine.
 *
 * @param purpose what it is for, as the start of a failure's sentence: "Building the root file system"
 * @param command the program and its arguments
 * @param environment variables beside the inherited ones
 * @param input what it reads from its standard input
 * @param output the file that takes its standard output; empty when that belongs to the lines
 * @param deadline how long it may take
 */
record Tool(
        String purpose,
        List<String> command,
        Map<String, String> environment,
        String input,
        Optional<Path> output,
        Duration deadline) {

    private static final int LAST_LINES = 15;

    static Tool of(String purpose, Duration deadline, List<String> command) {
        return new Tool(purpose, command, Map.of(), "", Optional.empty(), deadline);
    }

    Tool with(Map<String, String> variables) {
        Map<String, String> all = new TreeMap<>(environment);
        all.putAll(variables);
        return new Tool(purpose, command, all, input, output, deadline);
    }

    Tool reading(String text) {
        return new Tool(purpose, command, environment, text, output, deadline);
    }

    Tool writingTo(Path file) {
        return new Tool(purpose, command, environment, input, Optional.of(file), deadline);
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
            feed(process);
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
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C.UTF-8");
        output.ifPresentOrElse(
                file -> builder.redirectOutput(file.toFile()), () -> builder.redirectErrorStream(true));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new HarnessException(
                    Kind.MACHINE, purpose + " failed.", e.getMessage(), "run ./boma-it setup, which installs it", e);
        }
    }

    private void feed(Process process) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended without reading; its status and its last lines say why.
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

    /** Children first: while one of them lives, it may hold the pipe that we read to its end. */
    private static void stop(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    private HarnessException failed(String how, Deque<String> last) {
        return new HarnessException(
                Kind.MACHINE,
                purpose + " failed: " + how + ".",
                "its last lines:\n" + String.join("\n", last),
                "correct what they say and try again");
    }
}
