package me.wingu.boma.harness.cli.rehearse;

import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.rehearsal.Rehearsal;
import java.util.concurrent.Callable;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes the host's virtual machine, boots it, and leaves it for the next step. */
@Command(name = "up", description = "Makes the host's virtual machine, boots it, and leaves it for the next step.", mixinStandardHelpOptions = true)
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class UpCommand implements Callable<Integer> {

    @Mixin
    private HostParameter host = new HostParameter();

    @Mixin
    private PlanOptions options = new PlanOptions();

    @Override
    public Integer call() {
        LabSession session = new LabSession(System.out);
        RehearsalPlan plan = options.plan(session.profiles(), host.name());
        return session.with(lab -> {
            try (Rehearsal rehearsal = lab.begin(plan)) {
                try {
                    rehearsal.up();
                } catch (RuntimeException e) {
                    rehearsal.judged("error", rehearsal.hasGuest());
                    System.err.println(rehearsal.keep());
                    throw e;
                }
                rehearsal.leave();
                System.out.println("run directory: " + rehearsal.directory().path());
                return 0;
            }
        });
    }
}
