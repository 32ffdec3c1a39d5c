package me.wingu.boma.harness.probe;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import me.wingu.boma.harness.HarnessException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The question which services of a host several vantages can reach, still to be put.
 *
 * <pre>{@code
 * Matrix matrix = outside.matrix(tcp(22), tcp(443)).from("stranger", "admin").over(IPV4, IPV6).probe();
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class MatrixProbe {

    private static final int MOST_AT_ONCE = 32;

    private final Outside outside;
    private final List<Service> services;
    private final List<Vantage> vantages;
    private final List<IpVersion> versions;
    private final boolean wherePossible;
    private final Patience patience;

    MatrixProbe(Outside outside, List<Service> services, List<Vantage> vantages, Patience patience) {
        this(outside, services, vantages, List.of(IpVersion.IPV4), false, patience);
    }

    private MatrixProbe(
            Outside outside,
            List<Service> services,
            List<Vantage> vantages,
            List<IpVersion> versions,
            boolean wherePossible,
            Patience patience) {
        this.outside = outside;
        this.services = services;
        this.vantages = vantages;
        this.versions = versions;
        this.wherePossible = wherePossible;
        this.patience = patience;
    }

    /** Returns the same question, to be put from these vantages only, in this order; from all unless said otherwise. */
    public MatrixProbe from(String... names) {
        List<Vantage> chosen = Arrays.stream(names).map(outside::vantage).toList();
        return new MatrixProbe(outside, services, chosen, versions, wherePossible, patience);
    }

    /** Returns the same question, to be put over these IP versions; over IPv4 unless said otherwise. */
    public MatrixProbe over(IpVersion... chosen) {
        return new MatrixProbe(outside, services, vantages, List.of(chosen), false, patience);
    }

    /** Returns the same question, to be put over every IP version that a vantage and the host both have. */
    public MatrixProbe overAll() {
        return new MatrixProbe(outside, services, vantages, List.copyOf(outside.versions()), true, patience);
    }

    /** Returns the same question, to be put with another patience than the host's own. */
    public MatrixProbe patiently(Patience other) {
        return new MatrixProbe(outside, services, vantages, versions, wherePossible, other);
    }

    /**
     * Probes all cells, up to {@value #MOST_AT_ONCE} at once, and waits for the last one.
     *
     * @throws HarnessException when a vantage cannot send over an IP version, the host has no such address, or there is nothing
     *     to probe at all
     */
    public Matrix probe() {
        ExecutorService threads = Executors.newFixedThreadPool(MOST_AT_ONCE);
        try {
            Map<Spot, CompletableFuture<Reach>> running = new LinkedHashMap<>();
            for (Vantage vantage : vantages) {
                for (IpVersion version : versionsFor(vantage)) {
                    InetAddress host = outside.address(version);
                    for (Service service : services) {
                        running.put(
                                new Spot(vantage.name(), version, service),
                                CompletableFuture.supplyAsync(() -> vantage.reach(host, service, patience), threads));
                    }
                }
            }
            if (running.isEmpty()) {
                throw new HarnessException(
                        HarnessException.Kind.USAGE,
                        "There is nothing to probe: the matrix has no cells.",
                        "services: " + services + ", vantages: " + vantages.stream().map(Vantage::name).toList() + ", over: " + versions,
                        "name services, and vantages that have an IP version in common with the host");
            }
            Map<Spot, Reach> cells = new LinkedHashMap<>();
            running.forEach((spot, reach) -> cells.put(spot, reach.join()));
            return new Matrix(cells);
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        } finally {
            threads.shutdownNow();
        }
    }

    private List<IpVersion> versionsFor(Vantage vantage) {
        return wherePossible
                ? versions.stream().filter(vantage.versions()::contains).toList()
                : versions;
    }
}
