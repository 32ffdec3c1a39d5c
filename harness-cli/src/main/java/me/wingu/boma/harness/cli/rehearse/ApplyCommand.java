package me.wingu.boma.harness.cli.rehearse;

import java.util.concurrent.Callable;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Applies the host's site to its virtual machine. */
@Command(
        name = "apply",
        description = "Applies the host's site to its virtual machine.",
        mixinStandardHelpOptions = true)
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class ApplyCommand implements Callable<Integer> {

    @Mixin
    private HostParameter host = new HostParameter();

    @Option(names = "--converge", description = "Apply a second time, which must change nothing.")
    private boolean converge;

    @Override
    public Integer call() {
        return new LabSession(System.out).resuming(host.name(), rehearsal -> {
            rehearsal.apply(converge);
            return 0;
        });
    }
}
