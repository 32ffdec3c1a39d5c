package me.wingu.boma.harness.guest;

import java.time.Duration;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Runs shell scripts as root on one host; one call is one remote execution.
 *
 * <p>The real one goes over SSH to a guest; a test of a collector may run its script on the machine it stands on.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public interface Shell {

    /**
     * Runs a script with {@code /bin/sh} as root and waits for its end. The script is sent over standard input, so
     * that its length is not bounded by the guest's argument limit and it shows in no process list.
     *
     * @param script a POSIX shell script
     * @param deadline how long the script may take, measured on this side
     * @return what the script left behind, whatever its exit status
     * @throws me.wingu.boma.harness.HarnessException when the host cannot be reached or the deadline passes; the
     *     message names the host and quotes the output so far
     */
    CommandResult run(String script, Duration deadline);

    /**
     * Runs a script that says something of the moment, such as the time: it is asked for when the host is ready to read
     * it, as far as this shell can tell.
     *
     * @param script gives the script, once
     * @param deadline as of {@link #run}
     * @return as {@link #run}
     */
    default CommandResult runOfTheMoment(Supplier<String> script, Duration deadline) {
        return run(script.get(), deadline);
    }
}
