package me.wingu.boma.harness.probe;

import java.io.IOException;
import java.net.ConnectException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;

/**
 * What a failed connection says about the way to the host.
 *
 * <p>Linux turns the ICMP errors of RFC 792, RFC 1812 and RFC 4443 into {@code errno} values, and the JDK those into exceptions:
 * port unreachable and a TCP reset into "connection refused"; host or communication prohibited into "no route to
 * host" (IPv6: "permission denied"); network prohibited into "network is unreachable".
 *
 * @param state what the port is to be called
 * @param seen what a person is told
 */
record Obstacle(PortState state, String seen) {

    static final String SILENCE = "no answer";

    static Obstacle of(IOException failed) {
        String message = String.valueOf(failed.getMessage());
        if (failed instanceof SocketTimeoutException || message.contains("timed out")) {
            return new Obstacle(PortState.FILTERED, SILENCE);
        }
        if (failed instanceof PortUnreachableException) {
            return new Obstacle(PortState.CLOSED, "ICMP port unreachable");
        }
        if (failed instanceof ConnectException && message.contains("refused")) {
            return new Obstacle(PortState.CLOSED, "connection refused");
        }
        if (message.contains("No route to host") || message.contains("Host is unreachable")) {
            return new Obstacle(
                    PortState.FILTERED, "no route to host: ICMP host unreachable or prohibited, or no host there");
        }
        if (message.contains("Network is unreachable")) {
            return new Obstacle(PortState.FILTERED, "network unreachable: ICMP says so, or this machine has no route");
        }
        if (message.contains("Permission denied")) {
            return new Obstacle(PortState.FILTERED, "ICMPv6 communication administratively prohibited");
        }
        return new Obstacle(PortState.FILTERED, message);
    }
}
