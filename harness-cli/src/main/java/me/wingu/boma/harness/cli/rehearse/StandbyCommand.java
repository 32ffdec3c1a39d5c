package me.wingu.boma.harness.cli.rehearse;

import java.util.Optional;
import java.util.concurrent.Callable;
import me.wingu.boma.harness.checkpoint.Stage;
import me.wingu.boma.harness.rehearsal.Standby;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Keeps a saved guest of the host restored, for the tests that are run meanwhile, until it is interrupted. */
@Command(
        name = "standby",
        description = {
            "Keeps a saved guest of the host restored, until it is interrupted (Ctrl-C).",
            "A test that an IDE runs meanwhile, or a fast run, takes it over and begins in a second or two; then the next one is"
                    + " restored. Any other run gets the place at once."
        },
        mixinStandardHelpOptions = true)
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class StandbyCommand implements Callable<Integer> {

    @Mixin
    private HostParameter host = new HostParameter();

    @Mixin
    private PlanOptions options = new PlanOptions();

    @Option(
            names = "--to",
            paramLabel = "STAGE",
            description = "The stage to stand by at: up, applied, or after reboots: applied+clean. Otherwise the one that the host was"
                    + " last restored at.")
    private Optional<String> to = Optional.empty();

    @Override
    public Integer call() {
        Optional<Stage> stage = to.map(Stages::named);
        LabSession session = new LabSession(System.out);
        options.plan(session.profiles(), host.name()); // wrong words are told before anything is asked of libvirt
        return session.with(lab -> {
            new Standby(lab, () -> options.plan(session.profiles(), host.name()), stage).keepWhile(() -> true);
            return 0;
        });
    }
}
