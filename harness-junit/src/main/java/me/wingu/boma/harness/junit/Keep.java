package me.wingu.boma.harness.junit;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import me.wingu.boma.harness.HarnessException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** When a virtual machine is left for inspection after its tests. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public enum Keep {
    /** It is always destroyed. */
    NEVER,
    /** It is left when a test or a step failed. */
    ON_FAILURE,
    /** It is always left. */
    ALWAYS;

    /** Returns the word for it in options and properties, such as {@code on-failure}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns what a word stands for.
     *
     * @param word {@code never}, {@code on-failure} or {@code always}
     * @throws HarnessException when it is none of them
     */
    public static Keep of(String word) {
        return Arrays.stream(values())
                .filter(k -> k.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new HarnessException(
                        HarnessException.Kind.USAGE,
                        "Reading the setting boma.keep failed: \"" + word + "\" is unknown.",
                        "",
                        "use one of " + Arrays.stream(values()).map(Keep::word).collect(Collectors.joining(", "))));
    }

    boolean keeps(boolean failed) {
        return this == ALWAYS || (this == ON_FAILURE && failed);
    }
}
