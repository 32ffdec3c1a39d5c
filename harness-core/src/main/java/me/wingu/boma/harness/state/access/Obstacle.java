package me.wingu.boma.harness.state.access;

import java.util.Locale;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What closes a path, or keeps it from being told.
 *
 * @param part what kind of thing it is
 * @param reason the rule, socket, unit or account, and what is wrong with it
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Obstacle(Part part, String reason) {

    /** The part of a host that closes a path. */
    public enum Part {
        /** The interface is missing, down or without address. */
        INTERFACE,
        /** The packet filter does not let the operator's packets in. */
        FIREWALL,
        /** Nothing waits for the operator. */
        LISTENER,
        /** A unit does not start at boot. */
        UNIT,
        /** The account, its keys, or what sshd allows it. */
        ACCOUNT
    }

    @Override
    public String toString() {
        return part.name().toLowerCase(Locale.ROOT) + ": " + reason;
    }
}
