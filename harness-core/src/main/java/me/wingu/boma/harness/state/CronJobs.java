package me.wingu.boma.harness.state;

import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What cron runs; assignments of variables in crontabs are left out, they can hold secrets.
 *
 * @param host what messages call the host and the moment: {@code askari after reboot 1}
 * @param all the jobs, by file
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record CronJobs(String host, List<CronJob> all) {

    /** Copies the list. */
    public CronJobs {
        all = List.copyOf(all);
    }
}
