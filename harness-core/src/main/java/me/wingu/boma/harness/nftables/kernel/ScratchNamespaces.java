package me.wingu.boma.harness.nftables.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import me.wingu.boma.harness.nftables.NftablesException;

/**
 * Two network namespaces of our own: inside holds the ruleset, outside the other ends of its wires. They live as long as
 * two idle processes do, whose input is ours: they end with us, whatever happens.
 */
final class ScratchNamespaces implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(30);

    private final Process inside;
    private final Process outside;
    private final boolean root;

    private ScratchNamespaces(Process inside, Process outside, boolean root) {
        this.inside = inside;
        this.outside = outside;
        this.root = root;
    }

    static ScratchNamespaces create() {
        try {
            TemporaryFiles.sweep();
        } catch (IOException e) {
            throw new NftablesException("Sweeping the temporary files of earlier checks failed.", e);
        }
        boolean root = new com.sun.security.auth.module.UnixSystem().getUid() == 0;
        Process inside = holder(root ? List.of("unshare", "-n") : List.of("unshare", "-Urn"));
        try {
            List<String> enter = root
                    ? List.of("unshare", "-n")
                    : List.of("nsenter", "-t", Long.toString(inside.pid()), "-U", "--preserve-credentials", "unshare", "-n");
            return new ScratchNamespaces(inside, holder(enter), root);
        } catch (NftablesException e) {
            inside.destroy();
            throw e;
        }
    }

    private static Process holder(List<String> enter) {
        List<String> command = new ArrayList<>(enter);
        command.addAll(List.of("sh", "-c", "echo ready; exec cat"));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String line = process.inputReader(StandardCharsets.UTF_8).readLine();
            if (!"ready".equals(line)) {
                throw new NftablesException("Making a network namespace failed: `" + String.join(" ", enter) + "` said "
                        + line + ". Run as root, or allow unprivileged user namespaces.");
            }
            return process;
        } catch (IOException e) {
            throw new NftablesException("Making a network namespace failed: `unshare` (package util-linux) did not start.", e);
        }
    }

    /** Returns the words that run a command in one of the namespaces. */
    List<String> enter(boolean inner, String... words) {
        List<String> command = new ArrayList<>(List.of("nsenter", "-t", Long.toString(pid(inner)), "-n"));
        if (!root) {
            command.addAll(List.of("-U", "--preserve-credentials"));
        }
        command.addAll(List.of(words));
        return command;
    }

    private long pid(boolean inner) {
        return (inner ? inside : outside).pid();
    }

    long outsidePid() {
        return outside.pid();
    }

    /** What a command left behind. */
    record Result(int status, String output, String errors) {

        boolean succeeded() {
            return status == 0;
        }

        String seen() {
            return errors.isBlank() ? output : errors;
        }
    }

    /** Runs a script with {@code sh} in one of the namespaces. */
    Result shell(boolean inner, String script, Optional<Path> directory) {
        return shell(inner, script, directory, "");
    }

    /** Runs a script with {@code sh} in one of the namespaces; it reads this input. */
    Result shell(boolean inner, String script, Optional<Path> directory, String input) {
        try {
            Path errors = TemporaryFiles.create(".err");
            Path given = TemporaryFiles.create(".in");
            try {
                ProcessBuilder builder = new ProcessBuilder(enter(inner, "sh", "-c", script)).redirectError(errors.toFile());
                directory.ifPresent(path -> builder.directory(path.toFile()));
                if (!input.isEmpty()) {
                    builder.redirectInput(Files.writeString(given, input).toFile());
                }
                Process process = builder.start();
                process.getOutputStream().close();
                String output;
                try (InputStream stream = process.getInputStream()) {
                    output = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                }
                if (!process.waitFor(READY.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new NftablesException("A command in a network namespace did not end: " + script);
                }
                return new Result(process.exitValue(), output, Files.readString(errors));
            } finally {
                Files.deleteIfExists(errors);
                Files.deleteIfExists(given);
            }
        } catch (IOException e) {
            throw new NftablesException("Running a command in a network namespace failed: " + script, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NftablesException("Interrupted while running a command in a network namespace: " + script, e);
        }
    }

    /** Runs a script that must succeed. */
    String must(boolean inner, String script) {
        Result result = shell(inner, script, Optional.empty());
        if (!result.succeeded()) {
            throw new NftablesException("A command in a network namespace failed: " + script + "\n  seen: " + result.seen());
        }
        return result.output();
    }

    @Override
    public void close() {
        for (Process process : List.of(outside, inside)) {
            process.destroy();
            try {
                process.waitFor(READY.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                process.destroyForcibly();
            }
        }
    }
}
