package me.wingu.boma.harness.nftables.proof;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * How much one proof may use before it is refused.
 *
 * @param nodes the most nodes that the proof's decision diagrams may have together; a node takes up to 24 bytes, and
 *     a quarter more for the moment in which the table grows; 1,024 to 67,108,864
 * @param steps the most recursive steps that may be spent on them; some 20 to 60 million pass in a second; at least 1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record ProofLimits(int nodes, long steps) {

    /** Four million nodes, at most 130 MB with the caches, and 400 million steps, some 10 to 20 seconds. */
    public static final ProofLimits STANDARD = new ProofLimits(4 << 20, 400_000_000L);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException when one is left
     */
    public ProofLimits {
        if (nodes < 1 << 10 || nodes > 1 << 26) {
            throw new IllegalArgumentException("nodes must be 1,024 to 67,108,864 but is " + nodes);
        }
        if (steps < 1) {
            throw new IllegalArgumentException("steps must be at least 1 but is " + steps);
        }
    }
}
