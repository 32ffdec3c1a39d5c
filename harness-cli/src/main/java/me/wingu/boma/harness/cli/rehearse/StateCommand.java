package me.wingu.boma.harness.cli.rehearse;

import java.util.concurrent.Callable;
import me.wingu.boma.harness.state.HostState;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads the whole state of the host's virtual machine in one remote execution. */
@Command(
        name = "state",
        description = "Reads the whole state of the host's virtual machine in one remote execution, and changes nothing.",
        mixinStandardHelpOptions = true)
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class StateCommand implements Callable<Integer> {

    @Mixin
    private HostParameter host = new HostParameter();

    @Option(
            names = "--json",
            description = "Print everything, as JSON. ./boma-it drift HOST --since FILE compares such a file with what is.")
    private boolean json;

    @Override
    public Integer call() {
        HostState state = new LabSession(System.err).visiting(host.name(), visit -> visit.vm().state());
        System.out.println(json ? state.toJson() : new StateReport(state).text());
        return 0;
    }
}
