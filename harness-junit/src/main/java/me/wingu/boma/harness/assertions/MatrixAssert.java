package me.wingu.boma.harness.assertions;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import me.wingu.boma.harness.nftables.proof.Firewall;
import me.wingu.boma.harness.probe.Matrix;
import me.wingu.boma.harness.probe.MatrixExpectation;
import me.wingu.boma.harness.probe.PortState;
import me.wingu.boma.harness.probe.Reach;
import me.wingu.boma.harness.probe.Reachable;
import me.wingu.boma.harness.probe.Service;
import me.wingu.boma.harness.probe.Spot;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/** Assertions on what several vantages found at several services of a host. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class MatrixAssert extends AbstractAssert<MatrixAssert, Matrix> {

    /** Creates the assertions on one matrix. */
    public MatrixAssert(Matrix actual) {
        super(actual, MatrixAssert.class);
    }

    /**
     * Verifies every cell: those probed and those of the table must be the same, and in the same state.
     *
     * <pre>{@code
     * assertThat(vm.outside().matrix(tcp(22), tcp(443)).from("stranger", "admin").probe()).isExactly("""
     *                  22/tcp    443/tcp
     *   stranger IPv4  filtered  open
     *   admin    IPv4  open      open
     *   """);     // passes when it is so, fails when a single cell differs or is missing
     * }</pre>
     *
     * @param table a table as {@link Matrix#table()} writes it, with any blanks between the words
     * @throws me.wingu.boma.harness.HarnessException when the text is no such table
     */
    public MatrixAssert isExactly(String table) {
        isNotNull();
        MatrixExpectation expectation = MatrixExpectation.parse(table);
        List<Spot> different = actual.differences(expectation);
        if (!different.isEmpty()) {
            failWithMessage(
                    "%s",
                    "Expecting the matrix to be as written but " + cells(different.size()) + " (marked *):\n"
                            + actual.marked(expectation).indent(2) + evidence(different));
        }
        return this;
    }

    /**
     * Verifies that of all services probed, exactly these are open from a vantage, over every IP version probed.
     *
     * <pre>{@code
     * assertThat(matrix).opensExactly("stranger", tcp(80), tcp(443));   // passes
     * assertThat(matrix).opensExactly("stranger", tcp(443));            // fails when 80/tcp is open too
     * }</pre>
     *
     * @param vantage a vantage that the matrix was probed from
     * @param expected the services that must be open; none: nothing may be open
     * @throws IllegalArgumentException when the vantage or a service was not probed, or when one that must not be open is silent
     *     UDP, which may be open
     */
    public MatrixAssert opensExactly(String vantage, Reachable... expected) {
        isNotNull();
        List<Spot> probed = actual.cells().keySet().stream()
                .filter(spot -> spot.vantage().equals(vantage))
                .toList();
        TreeSet<Service> wanted =
                Arrays.stream(expected).map(Reachable::service).collect(Collectors.toCollection(TreeSet::new));
        TreeSet<Service> unknown = new TreeSet<>(wanted);
        probed.forEach(spot -> unknown.remove(spot.service()));
        if (probed.isEmpty() || !unknown.isEmpty()) {
            throw new IllegalArgumentException("the matrix was not probed from " + vantage
                    + (unknown.isEmpty() ? "" : " at " + unknown) + "; it was probed at: " + actual.cells().keySet());
        }
        List<Spot> silent = probed.stream()
                .filter(spot -> !wanted.contains(spot.service()) && actual.cells().get(spot).tellsNothing())
                .toList();
        if (!silent.isEmpty()) {
            throw new IllegalArgumentException(BootWindowAssert.silent(silent.get(0).service()));
        }
        List<Spot> different = probed.stream()
                .filter(spot -> isOpen(spot) != wanted.contains(spot.service()))
                .toList();
        if (!different.isEmpty()) {
            failWithMessage(
                    "%s",
                    "Expecting exactly " + wanted + " to be open from " + vantage + " but "
                            + cells(different.size()) + ":\n" + actual.table().indent(2) + evidence(different));
        }
        return this;
    }

    /**
     * Verifies that what was tried at every cell is possible by what can be proved of the host's ruleset.
     *
     * <pre>{@code
     * assertThat(matrix).agreesWith(vm.nftables(), "wan");   // passes
     * assertThat(matrix).agreesWith(other, "wan");           // fails when that ruleset never accepts what is open
     * }</pre>
     *
     * @param firewall the ruleset and the network of the host
     * @param network the interface that the vantages' packets come in through, or {@code wan}
     * @throws ContradictionError at the first cell where the two contradict each other
     */
    public MatrixAssert agreesWith(Firewall firewall, String network) {
        isNotNull();
        actual.cells().values().forEach(new Agreement(firewall, network)::check);
        return this;
    }

    private boolean isOpen(Spot spot) {
        return actual.cells().get(spot).state() == PortState.OPEN;
    }

    private String evidence(List<Spot> different) {
        return different.stream()
                .filter(actual.cells()::containsKey)
                .map(spot -> actual.cells().get(spot))
                .map(Reach::toString)
                .collect(Collectors.joining("\n  ", "  ", ""));
    }

    private static String cells(int number) {
        return number == 1 ? "1 cell differs" : number + " cells differ";
    }
}
