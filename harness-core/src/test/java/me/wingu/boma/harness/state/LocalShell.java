package me.wingu.boma.harness.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.guest.Shell;

/** Runs scripts with this machine's {@code /bin/sh}, as whoever runs the tests. */
final class LocalShell implements Shell {

    private final Path scratch;

    LocalShell(Path scratch) {
        this.scratch = scratch;
    }

    @Override
    public CommandResult run(String script, Duration deadline) {
        long began = System.nanoTime();
        try {
            Path out = scratch.resolve("stdout");
            Path err = scratch.resolve("stderr");
            ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-s")
                    .redirectInput(Files.writeString(scratch.resolve("script"), script).toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("BOMA_SCRATCH", scratch.toString());
            Process process = builder.start();
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the script did not end within " + deadline + ":\n" + Files.readString(err));
            }
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            return new CommandResult(process.exitValue(), Files.readString(out), Files.readString(err), took);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while the script ran", e);
        }
    }
}
