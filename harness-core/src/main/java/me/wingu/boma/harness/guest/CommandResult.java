package me.wingu.boma.harness.guest;

import java.time.Duration;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What a command on a guest left behind.
 *
 * @param exitStatus the exit status, 0 to 255; −1 when a signal ended the command
 * @param stdout its standard output, decoded as UTF-8
 * @param stderr its standard error, decoded as UTF-8
 * @param took the time from sending the command to its end, as seen from this side
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record CommandResult(int exitStatus, String stdout, String stderr, Duration took) {

    /** Returns whether the command ended with status 0. */
    public boolean succeeded() {
        return exitStatus == 0;
    }
}
