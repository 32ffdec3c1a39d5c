package me.wingu.boma.harness.probe;

import java.time.Duration;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Runs shell scripts in another place, such as on a guest. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
@FunctionalInterface
public interface Commands {

    /**
     * Runs a script with a POSIX shell and waits for its end.
     *
     * @param script the script
     * @param deadline how long it may take
     * @return its standard output
     * @throws me.wingu.boma.harness.HarnessException when it cannot be run, fails, or the deadline passes
     */
    String run(String script, Duration deadline);
}
