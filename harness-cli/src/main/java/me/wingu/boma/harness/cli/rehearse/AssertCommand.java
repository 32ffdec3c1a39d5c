package me.wingu.boma.harness.cli.rehearse;

import java.util.Optional;
import java.util.concurrent.Callable;
import me.wingu.boma.harness.rehearsal.Visit;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the host's tests against the virtual machine that is there. */
@Command(
        name = "assert",
        description = "Runs the host's tests against its virtual machine as it is; those for a reboot that was not made"
                + " are skipped.",
        mixinStandardHelpOptions = true)
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class AssertCommand implements Callable<Integer> {

    @Mixin
    private HostParameter host = new HostParameter();

    @Option(names = "--json", description = "Print how it ended as JSON, in the last line of standard output.")
    private boolean json;

    @Override
    public Integer call() {
        LabSession session = new LabSession(System.err);
        Optional<String> scenario = session.visiting(host.name(), Visit::scenario);
        return new TestRun(
                        TestRun.find(host.name()).with("boma.attach", "true").with("boma.scenario", scenario), json)
                .run();
    }
}
