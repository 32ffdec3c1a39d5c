package me.wingu.boma.harness.rehearsal;

import java.util.Arrays;
import java.util.Locale;
import me.wingu.boma.harness.HarnessException;
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

    /**
     * Returns what a word stands for.
     *
     * @param word {@code clean} or {@code power-loss}
     * @throws HarnessException when it is neither
     */
    public static RebootKind of(String word) {
        return Arrays.stream(values())
                .filter(k -> k.label().equals(word))
                .findFirst()
                .orElseThrow(() -> new HarnessException(
                        HarnessException.Kind.USAGE,
                        "There is no kind of reboot \"" + word + "\".",
                        "",
                        "use clean or power-loss"));
    }
}
