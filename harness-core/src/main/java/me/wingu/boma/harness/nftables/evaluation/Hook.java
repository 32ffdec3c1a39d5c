package me.wingu.boma.harness.nftables.evaluation;

import java.util.Locale;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Where base chains hang. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public enum Hook {
    /** A frame came in, before anything else. */
    INGRESS,
    /** A packet came in, before routing. */
    PREROUTING,
    /** The packet is for this host. */
    INPUT,
    /** The packet passes through. */
    FORWARD,
    /** The packet was made here. */
    OUTPUT,
    /** The packet leaves, or goes to loopback. */
    POSTROUTING,
    /** A frame leaves, after everything else. */
    EGRESS;

    /** Returns the name as nft writes it. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
