package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.regex.Pattern;
import me.wingu.boma.harness.state.CronJob;
import me.wingu.boma.harness.state.CronJobs;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on what cron runs.
 *
 * <pre>{@code
 * assertThat(vm.cron()).hasJobMatching("backup");                // passes when a crontab runs it
 * assertThat(vm.cron()).hasNoJobMatching("curl ");             // fails when one does
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class CronAssert extends StateAssert<CronAssert, CronJobs> {

    /** Creates the assertions. */
    public CronAssert(CronJobs actual) {
        super(actual, CronAssert.class, Wording.title(actual.host(), "cron jobs"));
    }

    /** Verifies that the pattern occurs in a job's file and line, {@code /etc/cron.d/backup: 0 3 * * * root …}. */
    public CronAssert hasJobMatching(String regex) {
        Wording.requireText(regex, "pattern");
        return check(!matching(regex).isEmpty(), "Expecting a job that matches " + regex + ".", actual.all());
    }

    /** Verifies that the pattern occurs in no job's file and line. */
    public CronAssert hasNoJobMatching(String regex) {
        Wording.requireText(regex, "pattern");
        return check(matching(regex).isEmpty(), "Expecting no job that matches " + regex + ".", matching(regex));
    }

    private List<CronJob> matching(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return actual.all().stream().filter(job -> pattern.matcher(job.toString()).find()).toList();
    }
}
