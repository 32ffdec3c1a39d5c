package me.wingu.boma.harness.probe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What several vantages found at several services of one host.
 *
 * @param cells what was found, by cell, in the order of the table
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Matrix(Map<Spot, Reach> cells) {

    /** Creates a matrix; keeps a copy in the given order. */
    public Matrix {
        cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
    }

    /**
     * Returns the matrix as a table: a row for each vantage and IP version, a column for each service.
     *
     * <pre>{@code
     *                22/tcp    443/tcp  51820/udp
     * stranger IPv4  filtered  open     open|filtered
     * admin    IPv4  open      open     open|filtered
     * }</pre>
     */
    public String table() {
        return MatrixTable.render(cells.keySet(), spot -> state(spot));
    }

    /** Returns the cells that are not as expected, are not expected at all, or were expected and not probed. */
    public List<Spot> differences(MatrixExpectation expectation) {
        return Stream.concat(cells.keySet().stream(), expectation.states().keySet().stream())
                .distinct()
                .filter(spot -> !state(spot).equals(expectation.word(spot)))
                .toList();
    }

    /** Returns the table, with a star and the expected state in every cell that differs. */
    public String marked(MatrixExpectation expectation) {
        List<Spot> different = differences(expectation);
        List<Spot> all = Stream.concat(cells.keySet().stream(), different.stream()).distinct().toList();
        return MatrixTable.render(
                all,
                spot -> different.contains(spot) ? mark(spot, expectation) : state(spot));
    }

    private String mark(Spot spot, MatrixExpectation expectation) {
        if (!cells.containsKey(spot)) {
            return "*not probed";
        }
        boolean expected = expectation.states().containsKey(spot);
        return "*" + state(spot) + (expected ? " (not " + expectation.word(spot) + ")" : " (not named)");
    }

    /** Returns the matrix for machines; {@code docs/reachability.md} describes the form. */
    public String toJson() {
        return MatrixJson.write(this);
    }

    private String state(Spot spot) {
        return cells.containsKey(spot) ? cells.get(spot).state().word() : MatrixTable.UNKNOWN;
    }
}
