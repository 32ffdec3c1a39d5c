package me.wingu.boma.harness.cli.rehearse;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import me.wingu.boma.harness.probe.Matrix;
import me.wingu.boma.harness.probe.MatrixProbe;
import me.wingu.boma.harness.probe.Reachable;
import me.wingu.boma.harness.probe.Service;
import me.wingu.boma.harness.rehearsal.Visit;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tries from every vantage what of the host's virtual machine can be reached. */
@Command(
        name = "reach",
        description = "Tries from every vantage, over IPv4 and IPv6, what of the host's virtual machine can be reached.",
        mixinStandardHelpOptions = true)
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class ReachCommand implements Callable<Integer> {

    @Mixin
    private HostParameter host = new HostParameter();

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "SERVICE",
            description = "What to try: 443/tcp, 3478/udp, ping. By default what the host itself listens on and its"
                    + " containers publish.")
    private List<String> services = List.of();

    @Option(names = "--from", paramLabel = "VANTAGE", description = "Try from this vantage only; repeatable.")
    private List<String> from = List.of();

    @Option(names = "--matrix", description = "Print one table of states instead of what was seen at each service.")
    private boolean matrix;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        List<Service> wanted = services.stream().map(Service::parse).toList();
        Matrix tried = new LabSession(System.err).visiting(host.name(), visit -> probe(visit, wanted));
        System.out.println(json ? tried.toJson() : matrix ? tried.table() : told(tried));
        return 0;
    }

    private Matrix probe(Visit visit, List<Service> wanted) {
        List<Service> all = wanted.isEmpty() ? visit.services() : wanted;
        if (all.isEmpty()) {
            throw new HarnessException(
                    Kind.USAGE, host.name() + " listens on nothing that could be tried.", "", "name a service: 22/tcp");
        }
        MatrixProbe probe = visit.vm().outside().matrix(all.toArray(Reachable[]::new)).overAll();
        return (from.isEmpty() ? probe : probe.from(from.toArray(String[]::new))).probe();
    }

    private static String told(Matrix matrix) {
        List<String> lines = new ArrayList<>();
        matrix.cells().forEach((spot, reach) -> lines.add("%s: %s (%s, %d ms)".formatted(
                spot, reach.state(), reach.trial().seen(), reach.trial().took().toMillis())));
        return String.join("\n", lines);
    }
}
