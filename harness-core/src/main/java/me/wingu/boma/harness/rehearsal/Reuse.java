package me.wingu.boma.harness.rehearsal;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import me.wingu.boma.harness.HarnessException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Whether a run may go on from what an earlier one saved. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public enum Reuse {
    /** Everything is done anew; only the classes of one run share a start. */
    FRESH,
    /** Goes on from the latest checkpoint with the same inputs. */
    FAST;

    /** What Maven's and Gradle's test processes have and an IDE's do not. */
    private static final List<String> OF_A_BUILD =
            List.of("surefire.real.class.path", "surefire.test.class.path", "org.gradle.test.worker");

    /**
     * Chooses for tests: {@code boma.fresh} and {@code boma.fast} decide; without them a build and continuous integration
     * are fresh, and an IDE is fast.
     *
     * @param setting the value of a setting, if it is set
     * @param property the value of a system property, if it is set
     * @param environment the value of an environment variable, if it is set
     * @throws HarnessException of kind {@code USAGE} when both are asked for
     */
    public static Reuse choose(
            Function<String, Optional<String>> setting,
            Function<String, Optional<String>> property,
            Function<String, Optional<String>> environment) {
        boolean fresh = setting.apply("boma.fresh").filter(Reuse::isSet).isPresent();
        Optional<Boolean> fast = setting.apply("boma.fast").map(Reuse::isSet);
        if (fresh && fast.orElse(false)) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE,
                    "Both boma.fresh and boma.fast are set.",
                    "",
                    "set one: fresh does everything anew, fast goes on from checkpoints");
        }
        boolean build = OF_A_BUILD.stream().anyMatch(name -> property.apply(name).isPresent()) || inCi(environment);
        return fresh || !fast.orElse(!build) ? FRESH : FAST;
    }

    /** Returns whether continuous integration runs this process: it sets {@code CI}, all systems agree on that. */
    static boolean inCi(Function<String, Optional<String>> environment) {
        return environment.apply("CI").filter(Reuse::isSet).isPresent();
    }

    private static boolean isSet(String value) {
        return !value.isBlank() && !value.equalsIgnoreCase("false") && !value.equals("0");
    }
}
