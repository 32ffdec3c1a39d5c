package me.wingu.boma.harness.probe;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A place from which a host is probed.
 *
 * <p>Every method blocks until there is an answer or the patience is over, and may be called from several threads at
 * once. Silence and refusal are answers, not exceptions; a {@link me.wingu.boma.harness.HarnessException} means that
 * the probe could not be sent at all.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public interface Vantage {

    /** Returns the name by which tests and profiles know this place, such as {@code stranger}. */
    String name();

    /** Returns the IP versions that it can probe over. */
    Set<IpVersion> versions();

    /** Returns whether it needs the probed host itself to send, and so sees nothing while that host is away. */
    default boolean isWithinTheHost() {
        return false;
    }

    /** Tries whether a service can be reached. */
    Reach reach(InetAddress host, Service service, Patience patience);

    /**
     * Sends a UDP datagram and waits for the first to come back.
     *
     * @param port the UDP port, 1 to 65535
     */
    DatagramAnswer exchange(InetAddress host, int port, ByteBuffer datagram, Patience patience);

    /**
     * Opens a TLS connection and reads what the server presents; trusts nothing and refuses nothing.
     *
     * @param port the TCP port, 1 to 65535
     * @param serverName the name asked for by SNI; an address literal, or an empty text, sends no SNI
     */
    TlsAnswer tls(InetAddress host, int port, String serverName, Patience patience);

    /**
     * Opens one TLS connection after the other and finds out which versions and cipher suites the server agrees to.
     *
     * @param port the TCP port, 1 to 65535
     * @param serverName the name asked for by SNI; an address literal, or an empty text, sends no SNI
     * @throws me.wingu.boma.harness.HarnessException when this place is not able to propose old versions and weak suites
     */
    TlsOffers tlsOffers(InetAddress host, int port, String serverName, Patience patience);

    /** Sends one HTTP request to the given address, whatever its URL's host name resolves to. */
    HttpAnswer http(InetAddress host, HttpQuestion question, Patience patience);

    /** Reads an SSH server's banner or logs in, as the question says. */
    SshAnswer ssh(InetAddress host, SshQuestion question, Patience patience);

    /**
     * Returns the vantage of a source address of this machine.
     *
     * @param name the vantage's name
     * @param addresses its source addresses, at most one of each IP version
     */
    static Vantage at(String name, List<InetAddress> addresses) {
        return new DirectVantage(name, List.copyOf(addresses));
    }

    /**
     * Returns the vantage of a place that a command leads to, such as a network namespace of a guest. Python 3 must be
     * there, {@code ping} for pings, and {@code ssh} for logins.
     *
     * @param name the vantage's name
     * @param prefix what to put before a command so that it runs there, such as {@code ip netns exec peer}; may be
     *     empty
     * @param commands runs the script that the prefix stands in
     */
    static Vantage through(String name, String prefix, Commands commands) {
        return new CommandVantage(name, prefix, commands);
    }
}
