package me.wingu.boma.harness.state;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The other end of a WireGuard tunnel.
 *
 * @param device the interface
 * @param publicKey the peer's public key
 * @param endpoint where it was last heard from, or where it is configured to be
 * @param allowedIps the addresses that are routed to it
 * @param keepalive how often a packet is sent to keep the way open, in seconds, 1 to 65535; empty for never
 * @param sharedKey whether both ends have a secret key besides, which stays on the host
 * @param lastHandshake when both ends last proved their keys
 * @param received bytes received
 * @param sent bytes sent
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record WireGuardPeer(
        String device,
        String publicKey,
        Optional<String> endpoint,
        List<String> allowedIps,
        OptionalInt keepalive,
        boolean sharedKey,
        Optional<Instant> lastHandshake,
        long received,
        long sent) {

    /** Copies the list. */
    public WireGuardPeer {
        allowedIps = List.copyOf(allowedIps);
    }
}
