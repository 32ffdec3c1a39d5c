package me.wingu.boma.harness.cli.rehearse;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.wingu.boma.harness.rehearsal.Visit;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.drift.Drift;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares what the host's virtual machine was with what it is. */
@Command(
        name = "drift",
        description = "Names what the host's virtual machine lost, gained or changed since before its last reboot."
                + " Exit status 1 when there is something.",
        mixinStandardHelpOptions = true)
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class DriftCommand implements Callable<Integer> {

    @Mixin
    private HostParameter host = new HostParameter();

    @Option(
            names = "--since",
            paramLabel = "FILE",
            description = "Compare with this state instead: a file that \"state HOST --json\" wrote.")
    private Optional<Path> since = Optional.empty();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Optional<HostState> saved = since.map(HostState::read); // a wrong file is told before libvirt is asked
        Drift drift = new LabSession(System.err).visiting(host.name(), visit -> between(saved, visit));
        System.out.println(json ? json(drift) : drift.toString());
        return drift.isEmpty() ? 0 : 1;
    }

    private static Drift between(Optional<HostState> saved, Visit visit) {
        HostState before = saved.orElseGet(visit::beforeTheLastReboot);
        return Drift.between(before, visit.vm().state());
    }

    private static String json(Drift drift) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", 1);
        document.put("before", drift.before());
        document.put("after", drift.after());
        document.put("differences", drift.differences());
        return PrettyJson.of(document);
    }
}
