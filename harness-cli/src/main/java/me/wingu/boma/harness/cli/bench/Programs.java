package me.wingu.boma.harness.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;

/**
 * Other programs, run to their end and timed.
 *
 * @param directory where they run
 * @param environment what is added to this process's environment
 * @param log the file that their output goes to
 */
record Programs(Path directory, Map<String, String> environment, Path log) {

    private static final int TAIL = 3000;

    /**
     * Runs a program.
     *
     * @param remedy what to do when it cannot be run, or fails
     * @return how long it took
     * @throws HarnessException when it cannot be started, or does not end with status 0
     */
    Duration time(String remedy, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.redirectOutput(log.toFile()).redirectInput(Path.of("/dev/null").toFile());
        long start = System.nanoTime();
        try {
            Process process = builder.start();
            Thread ending = new Thread(process::destroy); // it ends with this process
            Runtime.getRuntime().addShutdownHook(ending);
            int status = process.waitFor();
            Runtime.getRuntime().removeShutdownHook(ending);
            if (status != 0) {
                throw failed(command, "status " + status + "\n" + tail(), remedy);
            }
            return Duration.ofNanos(System.nanoTime() - start);
        } catch (IOException e) {
            throw failed(command, e.toString(), remedy);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(command, "interrupted", remedy);
        }
    }

    private String tail() throws IOException {
        String text = Files.readString(log, StandardCharsets.UTF_8);
        return text.substring(Math.max(0, text.length() - TAIL));
    }

    private static HarnessException failed(List<String> command, String seen, String remedy) {
        return new HarnessException(
                Kind.MACHINE, "Running \"" + String.join(" ", command) + "\" failed.", seen.strip(), remedy);
    }
}
