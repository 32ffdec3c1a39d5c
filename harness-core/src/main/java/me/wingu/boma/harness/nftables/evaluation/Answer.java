package me.wingu.boma.harness.nftables.evaluation;

import java.util.Locale;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** The end of a packet's way. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public enum Answer {
    /** It passed every chain. */
    ACCEPT,
    /** It is gone in silence. */
    DROP,
    /** It is gone and its sender is told. */
    REJECT,
    /** A program decides, or another device takes it. */
    ELSEWHERE,
    /** The ruleset does not tell; the evaluation names the rules. */
    UNKNOWN;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
