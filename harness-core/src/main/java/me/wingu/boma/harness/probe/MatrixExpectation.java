package me.wingu.boma.harness.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import me.wingu.boma.harness.HarnessException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What a {@link Matrix} should say.
 *
 * @param states the expected states, by cell; never empty
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record MatrixExpectation(Map<Spot, PortState> states) {

    private static final int LABELS = 2;

    /**
     * Creates an expectation; keeps a copy in the given order.
     *
     * @throws HarnessException when there is no cell: that would assert nothing
     */
    public MatrixExpectation {
        if (states.isEmpty()) {
            throw unreadable("there is no cell in it");
        }
        states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    }

    /**
     * Reads a table as {@link Matrix#table()} writes it; any number of blanks may stand between two words.
     *
     * @throws HarnessException when the text is no such table; the message says which line is wrong, and how
     */
    public static MatrixExpectation parse(String table) {
        List<List<String>> lines = table.lines()
                .map(line -> List.of(line.strip().split("\\s+")))
                .filter(words -> !words.get(0).isEmpty())
                .toList();
        if (lines.isEmpty()) {
            throw unreadable("there is no line in it");
        }
        List<Service> services = lines.get(0).stream().map(Service::parse).toList();
        Map<Spot, PortState> states = new LinkedHashMap<>();
        for (List<String> row : lines.subList(1, lines.size())) {
            if (row.size() != LABELS + services.size()) {
                throw unreadable("the line \"" + String.join(" ", row)
                        + "\" does not have a vantage, an IP version and " + services.size() + " states");
            }
            for (Spot spot : spots(row, services)) {
                PortState state = state(row.get(LABELS + services.indexOf(spot.service())));
                if (states.put(spot, state) != null) {
                    throw unreadable("it names " + spot + " twice");
                }
            }
        }
        return new MatrixExpectation(states);
    }

    /** Returns the expected state as a table writes it. */
    String word(Spot spot) {
        return states.containsKey(spot) ? states.get(spot).word() : MatrixTable.UNKNOWN;
    }

    private static List<Spot> spots(List<String> row, List<Service> services) {
        IpVersion version = Arrays.stream(IpVersion.values())
                .filter(known -> known.toString().equalsIgnoreCase(row.get(1)))
                .findFirst()
                .orElseThrow(() -> unreadable("\"" + row.get(1) + "\" is neither IPv4 nor IPv6"));
        List<Spot> spots = new ArrayList<>();
        services.forEach(service -> spots.add(new Spot(row.get(0), version, service)));
        return spots;
    }

    private static PortState state(String word) {
        return Arrays.stream(PortState.values())
                .filter(state -> state.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> unreadable("\"" + word + "\" is no state"));
    }

    private static HarnessException unreadable(String seen) {
        return new HarnessException(
                HarnessException.Kind.USAGE,
                "The expected matrix could not be read.",
                seen,
                """
                write it as the harness does, for example
                                22/tcp    443/tcp  51820/udp
                stranger IPv4   filtered  open     open|filtered
                admin    IPv4   open      closed   open|filtered""");
    }
}
