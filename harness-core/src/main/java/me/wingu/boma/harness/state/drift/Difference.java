package me.wingu.boma.harness.state.drift;

import java.util.Locale;
import me.wingu.boma.harness.HarnessException.Kind;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * One thing that is not as it was.
 *
 * @param kind lost, appeared, changed, or not comparable
 * @param subject what it is part of: {@code routes}
 * @param name what it is: {@code 192.0.2.0/24 via 10.0.2.2 dev eth0}
 * @param before what was seen before; empty for what appeared
 * @param after what was seen after; empty for what was lost
 * @param carrier the file or unit that should have carried it over the reboot, and what to do; empty when nothing did
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Difference(Kind kind, String subject, String name, String before, String after, String carrier) {

    /** What happened to a thing between two states. */
    public enum Kind {
        /** It was there before and is not there after. */
        LOST,
        /** It is there after and was not before. */
        APPEARED,
        /** It is there, but different. */
        CHANGED,
        /** One of the two states does not know; nothing can be said. */
        UNKNOWN
    }

    /** Returns the difference as a report shows it, in one or two lines. */
    @Override
    public String toString() {
        String change = kind == Kind.CHANGED || kind == Kind.UNKNOWN ? ": " + before + " -> " + after : "";
        return kind.name().toLowerCase(Locale.ROOT) + " " + subject + ": " + name + change
                + (carrier.isBlank() ? "" : "\n  " + carrier);
    }
}
