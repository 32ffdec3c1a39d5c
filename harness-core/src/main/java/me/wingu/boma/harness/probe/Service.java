package me.wingu.boma.harness.probe;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.wingu.boma.harness.HarnessException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A door of a host: a protocol and, but for ICMP, a port.
 *
 * @param protocol what is spoken
 * @param port the port, 1 to 65535; 0 for ICMP
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Service(Protocol protocol, int port) implements Reachable, Comparable<Service> {

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,5})/(tcp|udp)");
    private static final Service ECHO = new Service(Protocol.ICMP, 0);

    /**
     * Creates a service.
     *
     * @throws HarnessException when the port is outside 1 to 65535, or given for ICMP
     */
    public Service {
        boolean fits = protocol == Protocol.ICMP ? port == 0 : port >= 1 && port <= 65_535;
        if (!fits) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE,
                    "There is no " + protocol + " port " + port + ".",
                    "",
                    "give a port from 1 to 65535, and none for ICMP");
        }
    }

    /** Returns the TCP service on a port, 1 to 65535. */
    public static Service tcp(int port) {
        return new Service(Protocol.TCP, port);
    }

    /** Returns the UDP service on a port, 1 to 65535. */
    public static Service udp(int port) {
        return new Service(Protocol.UDP, port);
    }

    /** Returns the service that every host has: answering a ping. */
    public static Service ping() {
        return ECHO;
    }

    /**
     * Reads a service as {@link #toString()} writes it: {@code 443/tcp}, {@code 3478/udp} or {@code ping}.
     *
     * @throws HarnessException when the text is none of these
     */
    public static Service parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (word.equals("ping")) {
            return ECHO;
        }
        Matcher written = WRITTEN.matcher(word);
        if (!written.matches()) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE,
                    "\"" + text + "\" names no service.",
                    "",
                    "write it as 443/tcp, 3478/udp or ping");
        }
        return new Service(
                Protocol.valueOf(written.group(2).toUpperCase(Locale.ROOT)), Integer.parseInt(written.group(1)));
    }

    @Override
    public Service service() {
        return this;
    }

    /** Orders by port, TCP before UDP; the ping comes first. */
    @Override
    public int compareTo(Service other) {
        return port == other.port ? protocol.compareTo(other.protocol) : Integer.compare(port, other.port);
    }

    /** Returns the service as operators write it: {@code 443/tcp}, {@code 3478/udp}, {@code ping}. */
    @Override
    public String toString() {
        return protocol == Protocol.ICMP ? "ping" : port + "/" + protocol.name().toLowerCase(Locale.ROOT);
    }
}
