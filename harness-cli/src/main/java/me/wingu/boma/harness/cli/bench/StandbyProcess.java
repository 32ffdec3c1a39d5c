package me.wingu.boma.harness.cli.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import me.wingu.boma.harness.checkpoint.Stage;
import me.wingu.boma.harness.cli.BomaIt;

/** {@code boma-it standby} at work in a process of its own, which ends with this one. */
final class StandbyProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;
    private final Thread ending;

    private StandbyProcess(Process process) {
        this.process = process;
        this.output = process.inputReader();
        this.ending = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(ending);
    }

    /** Starts it for a host that was saved after apply. */
    static StandbyProcess of(String host) throws IOException {
        List<String> command = Jvm.running(
                List.of("-XX:+UseSerialGC", "-Xmx128m"), BomaIt.class, "standby", host, "--to", Stage.APPLIED.word());
        return new StandbyProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Waits until the next guest stands by. */
    void awaitReady() throws IOException {
        String last = "";
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(" stands by ")) {
                return;
            }
            last = line;
        }
        throw new HarnessException(Kind.STEP, "The standby has ended before a guest stood by.", last, "see what it said");
    }

    /** Ends it as Ctrl-C does, and waits until its guest is gone. */
    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(ending);
        process.destroy();
        process.onExit().join();
    }
}
