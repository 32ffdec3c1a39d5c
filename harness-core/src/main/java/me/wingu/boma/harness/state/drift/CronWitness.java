package me.wingu.boma.harness.state.drift;

import java.util.stream.Stream;
import me.wingu.boma.harness.state.CronJobs;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Subject;

/** What cron runs. */
final class CronWitness implements Witness<CronJobs> {

    @Override
    public String name() {
        return "cron";
    }

    @Override
    public Subject<CronJobs> subject() {
        return Subject.CRON;
    }

    @Override
    public Stream<Fact> facts(CronJobs cron, HostState state, HostState other) {
        return cron.all().stream().map(job -> Fact.of(job.toString(), InMemory.carrier(job.file(), state)));
    }
}
