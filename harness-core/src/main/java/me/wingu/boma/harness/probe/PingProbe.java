package me.wingu.boma.harness.probe;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.wingu.boma.harness.HarnessException;
import org.jspecify.annotations.Nullable;

/** Sends ICMP echo requests with Debian's {@code ping}: Java opens no raw sockets. */
final class PingProbe {

    private static final Pattern TIME = Pattern.compile("time=([0-9.]+ ms)");
    private static final Pattern ICMP_ERROR = Pattern.compile("(?m)^From \\S+ icmp_seq=\\d+ (.*)$");
    private static final int SILENT = 1;
    private static final int GRACE_MILLIS = 2_000;

    private final Source source;

    PingProbe(Source source) {
        this.source = source;
    }

    Reach reach(InetAddress host, Patience patience) {
        Tried<String> tried = Tried.to(
                "ping " + Targets.text(host), source, patience, () -> attempt(host, patience), seen -> seen);
        return new Reach(host, Service.ping(), tried.state(), tried.trial());
    }

    private String attempt(InetAddress host, Patience patience) throws IOException {
        String seconds = String.valueOf(patience.eachMillis() / 1_000.0);
        String from = source.address().getHostAddress();
        ProcessBuilder command =
                new ProcessBuilder("ping", "-n", "-c", "1", "-W", seconds, "-I", from, host.getHostAddress());
        command.environment().putAll(Map.of("LC_ALL", "C"));
        command.redirectErrorStream(true);
        Process ping = start(command);
        try {
            if (!ping.waitFor(patience.eachMillis() + GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new SocketTimeoutException("ping did not end");
            }
            return read(ping.exitValue(), new String(ping.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("the probe was cancelled").initCause(interrupted);
        } finally {
            ping.destroyForcibly();
        }
    }

    private String read(int exitStatus, String output) throws IOException {
        Matcher time = TIME.matcher(output);
        if (exitStatus == 0 && time.find()) {
            return "echo reply after " + time.group(1);
        }
        Matcher error = ICMP_ERROR.matcher(output);
        if (error.find()) {
            throw new NoRouteToHostException("ICMP: " + error.group(1));
        }
        if (exitStatus == SILENT) {
            throw new SocketTimeoutException("no echo reply");
        }
        throw unusable(output.strip(), null);
    }

    private Process start(ProcessBuilder command) {
        try {
            return command.start();
        } catch (IOException failed) {
            throw unusable(String.valueOf(failed.getMessage()), failed);
        }
    }

    private HarnessException unusable(String seen, @Nullable IOException cause) {
        return new HarnessException(
                HarnessException.Kind.MACHINE,
                "Pinging from " + source + " failed.",
                seen,
                "install Debian's package iputils-ping, and bring up the network that carries the vantage addresses",
                cause);
    }
}
