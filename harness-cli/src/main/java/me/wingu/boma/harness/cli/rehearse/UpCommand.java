package me.wingu.boma.harness.cli.rehearse;

import java.util.concurrent.Callable;
import me.wingu.boma.harness.checkpoint.Stage;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.rehearsal.Rehearsal;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the host's virtual machine, boots it, and leaves it for the next step. */
@Command(
        name = "up",
        description = "Makes the host's virtual machine, boots it, and leaves it for the next step.",
        mixinStandardHelpOptions = true)
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class UpCommand implements Callable<Integer> {

    @Mixin
    private HostParameter host = new HostParameter();

    @Mixin
    private PlanOptions options = new PlanOptions();

    @Mixin
    private FastOption fast = new FastOption();

    @Option(
            names = "--to",
            paramLabel = "STAGE",
            description = "How far: up (default), applied, or after reboots: applied+clean, applied+clean+power-loss. With"
                    + " --fast from the latest saved guest on the way.")
    private String to = Stage.UP.word();

    @Override
    public Integer call() {
        Stage stage = Stages.named(to);
        LabSession session = new LabSession(System.out);
        RehearsalPlan plan = options.plan(session.profiles(), host.name());
        return session.with(lab -> {
            try (Rehearsal rehearsal = lab.begin(plan, fast.reuse())) {
                try {
                    rehearsal.reach(stage);
                } catch (RuntimeException e) {
                    rehearsal.judged("error", rehearsal.hasGuest());
                    if (rehearsal.hasGuest()) {
                        System.err.println(rehearsal.keep());
                    }
                    throw e;
                }
                rehearsal.leave();
                System.out.println("run directory: " + rehearsal.directory().path());
                return 0;
            }
        });
    }
}
