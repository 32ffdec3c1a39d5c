package me.wingu.boma.harness.junit;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.wingu.boma.harness.rehearsal.Progress;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Follows a rehearsal in plain lines, as a log wants them. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class LineProgress implements Progress {

    private final PrintStream out;

    /**
     * Creates a follower.
     *
     * @param out where the lines go
     */
    public LineProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void stepStarted(String host, String step) {
        out.printf("%s: %s ...%n", host, step);
    }

    @Override
    public void said(String line) {
        out.println("    " + line);
    }

    @Override
    public void stepEnded(String host, String step, Duration took, boolean passed, String detail) {
        out.printf(
                Locale.ROOT,
                "%s: %s %s in %.1f s%s%n",
                host,
                step,
                passed ? "done" : "FAILED",
                took.toMillis() / 1000.0,
                detail.isEmpty() ? "" : ": " + detail);
    }
}
