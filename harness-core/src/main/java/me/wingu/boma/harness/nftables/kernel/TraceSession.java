package me.wingu.boma.harness.nftables.kernel;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import me.wingu.boma.harness.nftables.NftablesException;

/** A running {@code nft -a monitor trace} and the two programs that send packets. */
final class TraceSession implements AutoCloseable {

    /** The monitor reads no input and would outlive us; its shell does, and ends it at the end of our output. */
    private static final String MONITOR = """
            stdbuf -oL nft -a monitor trace < /dev/null &
            trap 'kill $!' EXIT TERM
            cat > /dev/null
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process monitor;
    private final Process inside;
    private final Process outside;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    TraceSession(ScratchNamespaces namespaces) {
        try {
            String script;
            try (InputStream source = TraceSession.class.getResourceAsStream("inject.py")) {
                script = new String(Objects.requireNonNull(source).readAllBytes(), StandardCharsets.UTF_8);
            }
            inside = start(namespaces.enter(true, "python3", "-c", script));
            outside = start(namespaces.enter(false, "python3", "-c", script));
            monitor = start(namespaces.enter(true, "sh", "-c", MONITOR));
        } catch (IOException e) {
            throw new NftablesException(
                    "Starting the packet sender or the trace failed; python3 and nft must be installed.", e);
        }
        Thread reader = new Thread(this::drain, "nft monitor trace");
        reader.setDaemon(true);
        reader.start();
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private void drain() {
        try (BufferedReader reader = monitor.inputReader(StandardCharsets.UTF_8)) {
            StringBuilder event = new StringBuilder();
            String line = reader.readLine();
            while (line != null) {
                event.append(event.isEmpty() ? "" : "\n").append(line);
                if (TraceLine.complete(event)) {
                    lines.add(event.toString());
                    event.setLength(0);
                }
                line = reader.readLine();
            }
        } catch (IOException e) {
            lines.add("the trace ended: " + e.getMessage());
        }
    }

    /** Sends commands and returns the refusals, by the number of the command. */
    List<String> send(boolean own, List<String> commands) {
        Process sender = own ? inside : outside;
        try {
            BufferedWriter writer = sender.outputWriter(StandardCharsets.UTF_8);
            for (String command : commands) {
                writer.write(command);
                writer.write('\n');
            }
            writer.write("sync x\n");
            writer.flush();
            List<String> refusals = new ArrayList<>();
            BufferedReader reader = sender.inputReader(StandardCharsets.UTF_8);
            String line = reader.readLine();
            while (!"done x".equals(line)) {
                if (line == null || !line.startsWith("refused ")) {
                    throw new NftablesException("The packet sender ended: " + line);
                }
                refusals.add(line.substring("refused ".length()));
                line = reader.readLine();
            }
            return refusals;
        } catch (IOException e) {
            throw new NftablesException("The packet sender failed.", e);
        }
    }

    /** Returns the next line of the trace, or empty when none comes for this long. */
    Optional<String> next(Duration wait) {
        try {
            return Optional.ofNullable(lines.poll(wait.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NftablesException("Interrupted while reading the trace.", e);
        }
    }

    static Instant deadline() {
        return Instant.now().plus(PATIENCE);
    }

    @Override
    public void close() {
        for (Process process : List.of(monitor, inside, outside)) {
            try {
                process.getOutputStream().close();
                process.waitFor(10, TimeUnit.SECONDS);
                process.destroy();
            } catch (IOException e) {
                process.destroy();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                process.destroy();
            }
        }
    }
}
