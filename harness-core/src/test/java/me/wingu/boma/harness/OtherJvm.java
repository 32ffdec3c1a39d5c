package me.wingu.boma.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Another Java process with the classes of this one, to be talked to and killed; its errors are written to this one's. */
public final class OtherJvm implements AutoCloseable {

    /** Starts fast, for work that is too short for the best code. */
    public static final List<String> QUICK = List.of("-Xmx64m", "-XX:TieredStopAtLevel=1");

    private final Process process;
    private final BufferedReader output;

    private OtherJvm(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    /**
     * Starts a process.
     *
     * @param main the class whose {@code main} it runs
     * @param options the options of the JVM
     * @param arguments the arguments of {@code main}
     */
    public static OtherJvm start(Class<?> main, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new OtherJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Waits for its next line; empty when it has ended. */
    public Optional<String> line() throws IOException {
        return Optional.ofNullable(output.readLine());
    }

    /** Waits for a line that begins so, passing over others. */
    public void awaitLine(String start) throws IOException {
        Optional<String> line = line();
        while (line.isPresent() && !line.get().startsWith(start)) {
            line = line();
        }
        assertThat(line).as("the line that begins with \"%s\"", start).isPresent();
    }

    /** Ends its input, and waits until it has ended well. Returns its last line. */
    public String finish() throws IOException, InterruptedException {
        process.getOutputStream().close();
        String last = output.lines().reduce("", (earlier, later) -> later);
        assertThat(process.waitFor()).isZero();
        return last;
    }

    /** Ends it as Ctrl-C and SIGTERM do. */
    public void interrupt() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /** Ends it as SIGKILL does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
