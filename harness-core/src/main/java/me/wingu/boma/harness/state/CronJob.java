package me.wingu.boma.harness.state;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A line of a crontab.
 *
 * @param file where it stands; a script in {@code /etc/cron.daily} and its kin is a job of its own
 * @param line the schedule, the account and the command, as written
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record CronJob(String file, String line) {

    @Override
    public String toString() {
        return file + ": " + line;
    }
}
