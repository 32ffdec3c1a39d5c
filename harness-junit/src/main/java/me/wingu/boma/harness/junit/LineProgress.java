package me.wingu.boma.harness.junit;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import me.wingu.boma.harness.rehearsal.Progress;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Follows rehearsals in plain lines, as a log wants them. Where several hosts are rehearsed at once, each line tells whose it
 * is.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class LineProgress implements Progress {

    private static final int PARTS = 10;

    private final PrintStream out;
    /** What each thread works on: a rehearsal keeps to its own. */
    private final Map<Thread, String> hosts = new ConcurrentHashMap<>();
    private long toldPart = -1;

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
        hosts.put(Thread.currentThread(), host);
        out.printf("%s: %s ...%n", host, step);
    }

    @Override
    public synchronized void said(String line) {
        toldPart = -1;
        Set<String> all = new LinkedHashSet<>(hosts.values());
        String mine = hosts.getOrDefault(Thread.currentThread(), "");
        out.println((all.size() > 1 && !mine.isEmpty() ? mine + ": " : "    ") + line);
    }

    @Override
    public synchronized void transferred(long bytes, long totalBytes) {
        long part = totalBytes <= 0 ? 0 : bytes * PARTS / totalBytes;
        if (part > toldPart) {
            said("%d of %d MiB (%d %%)".formatted(bytes >> 20, totalBytes >> 20, part * PARTS));
            toldPart = part;
        }
    }

    @Override
    public void stepEnded(String host, String step, Duration took, boolean passed, String detail) {
        if (step.equals("down")) {
            hosts.remove(Thread.currentThread());
        }
        out.printf(
                Locale.ROOT,
                "%s: %s %s in %.1f s%s%n",
                host,
                step,
                passed ? "done" : "FAILED",
                took.toMillis() / 1000.0,
                detail.isEmpty() ? "" : ": " + detail);
    }

    @Override
    public void testEnded(String host, String test, Duration took, boolean passed) {
        out.printf(Locale.ROOT, "%s:   %s %s in %.1f s%n", host, test, passed ? "ok" : "FAILED", took.toMillis() / 1000.0);
    }
}
