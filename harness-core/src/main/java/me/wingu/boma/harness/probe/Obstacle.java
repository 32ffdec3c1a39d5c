package me.wingu.boma.harness.probe;

import java.io.IOException;
import java.net.ConnectException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;

/**
 * What a failed attempt says about the way to the host.
 *
 * <p>Linux turns the ICMP errors of RFC 792, RFC 1812 and RFC 4443 into {@code errno} values, and the JDK those into
 * exceptions: port unreachable and a TCP reset into "connection refused"; host or communication prohibited into "no
 * route to host" (IPv6: "permission denied"); network prohibited into "network is unreachable".
 *
 * @param state what the port is to be called
 * @param passing whether it may have gone by at the next try: a lost packet
 * @param seen what a person is told
 */
record Obstacle(PortState state, boolean passing, String seen) {

    static final String SILENCE = "no answer";

    /** Returns whether the attempt failed before anything was sent, as this machine lacks the source address. */
    static boolean isOwnAddressMissing(IOException failed) {
        return String.valueOf(failed.getMessage()).contains("Cannot assign requested address");
    }

    static Obstacle of(IOException failed) {
        String message = String.valueOf(failed.getMessage());
        if (failed instanceof SocketTimeoutException || message.contains("timed out")) {
            return new Obstacle(PortState.FILTERED, true, SILENCE);
        }
        if (failed instanceof PortUnreachableException) {
            return new Obstacle(PortState.CLOSED, false, "ICMP port unreachable");
        }
        if (failed instanceof ConnectException && message.contains("refused")) {
            return new Obstacle(PortState.CLOSED, false, "connection refused");
        }
        if (message.contains("No route to host") || message.contains("Host is unreachable")) {
            return new Obstacle(
                    PortState.FILTERED,
                    false,
                    "no route to host: ICMP host unreachable or prohibited, or no host there");
        }
        if (message.contains("Network is unreachable")) {
            return new Obstacle(
                    PortState.FILTERED, false, "network unreachable: ICMP says so, or this machine has no route");
        }
        if (message.contains("Permission denied")) {
            return new Obstacle(PortState.FILTERED, false, "ICMPv6 communication administratively prohibited");
        }
        return new Obstacle(PortState.FILTERED, false, message);
    }
}
