package me.wingu.boma.harness.junit;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import me.wingu.boma.harness.diagnostics.StepTimes;
import me.wingu.boma.harness.rehearsal.Progress;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Follows rehearsals for a person at a terminal: the lines of {@link LineProgress}, and under them one that is drawn anew each
 * second, with what is being done, for how long, and how long it took the last time.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class TerminalProgress implements Progress {

    private static final String ERASE = "\r\033[K";
    private static final int BAR = 20;
    private static final long REDRAW_MS = 1_000;

    private final PrintStream out;
    private final Progress lines;
    private final StepTimes times;
    private final int columns;
    private final Map<String, Doing> doing = new LinkedHashMap<>();
    private String download = "";

    /**
     * Creates a follower.
     *
     * @param out the terminal
     * @param times how long steps took before
     * @param columns how wide the terminal is, in characters
     */
    TerminalProgress(PrintStream out, StepTimes times, int columns) {
        this.out = out;
        this.lines = new LineProgress(out);
        this.times = times;
        this.columns = columns;
        Thread clock = new Thread(this::tick, "progress");
        clock.setDaemon(true);
        clock.start();
    }

    /** What is being done for one host. */
    private record Doing(String what, Instant since, Optional<Duration> lastTime) {}

    /**
     * Returns what suits a stream: plain lines, unless the property {@code boma.terminal} says how many columns the terminal
     * behind it has. {@code ./boma-it} sets it; a log or a pipe gets no control characters.
     *
     * @param out where it goes
     * @param runs the directory of all runs
     */
    public static Progress orLines(PrintStream out, Path runs) {
        Integer columns = Integer.getInteger("boma.terminal");
        return columns == null || columns < 1
                ? new LineProgress(out)
                : new TerminalProgress(out, new StepTimes(runs), columns);
    }

    @Override
    public synchronized void stepStarted(String host, String step) {
        doing.put(host, new Doing(step, Instant.now(), times.last(host, step)));
        redraw();
    }

    @Override
    public synchronized void testStarted(String host, String test) {
        doing.put(host, new Doing(test, Instant.now(), Optional.empty()));
        redraw();
    }

    @Override
    public synchronized void said(String line) {
        download = "";
        above(() -> lines.said(line));
    }

    @Override
    public synchronized void transferred(long bytes, long totalBytes) {
        int filled = totalBytes <= 0 ? 0 : (int) (bytes * BAR / totalBytes);
        String now = " [" + "#".repeat(filled) + ".".repeat(BAR - filled) + "] " + (bytes >> 20) + " of " + (totalBytes >> 20)
                + " MiB";
        if (!now.equals(download)) {
            download = now;
            redraw();
        }
    }

    @Override
    public synchronized void stepEnded(String host, String step, Duration took, boolean passed, String detail) {
        doing.remove(host);
        download = "";
        above(() -> lines.stepEnded(host, step, took, passed, detail));
    }

    @Override
    public synchronized void testEnded(String host, String test, Duration took, boolean passed) {
        doing.remove(host);
        above(() -> lines.testEnded(host, test, took, passed));
    }

    private void above(Runnable print) {
        out.print(ERASE);
        print.run();
        redraw();
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep(REDRAW_MS);
                synchronized (this) {
                    if (!doing.isEmpty()) {
                        redraw();
                    }
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void redraw() {
        String line = doing.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + told(entry.getValue(), Instant.now()))
                .collect(Collectors.joining(" | "));
        if (!download.isEmpty()) {
            line += download;
        }
        out.print(ERASE + (line.length() < columns ? line : line.substring(0, columns - 1)));
        out.flush();
    }

    private static String told(Doing doing, Instant now) {
        return doing.what() + " " + clock(Duration.between(doing.since(), now))
                + doing.lastTime().map(last -> " (last time " + clock(last) + ")").orElse("");
    }

    /** Returns minutes and seconds: {@code 3:05}. */
    static String clock(Duration duration) {
        return duration.toMinutes() + ":" + "%02d".formatted(duration.toSecondsPart());
    }
}
