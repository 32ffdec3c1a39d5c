package me.wingu.boma.harness.rehearsal;

import java.util.Locale;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** How a guest goes down and comes up again. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public enum RebootKind {
    /** The guest shuts its services down and resets itself. */
    CLEAN,
    /** The guest is stopped as by pulling the plug, and switched on again. */
    POWER_LOSS;

    /** Returns the name as commands and {@code run.json} have it: {@code clean} or {@code power-loss}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
