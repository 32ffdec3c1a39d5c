package me.wingu.boma.harness.probe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes a matrix as a table. */
final class MatrixTable {

    /** What stands in a cell that was not probed, or not expected. */
    static final String UNKNOWN = "-";

    private static final String GAP = "  ";

    private MatrixTable() {}

    static String render(Collection<Spot> spots, Function<Spot, String> cell) {
        List<Service> services = spots.stream().map(Spot::service).distinct().toList();
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("", ""));
        services.forEach(service -> head.add(service.toString()));
        lines.add(head);
        spots.stream().map(MatrixTable::row).distinct().forEach(row -> {
            List<String> line = new ArrayList<>(List.of(row.vantage(), row.version().toString()));
            services.forEach(service -> line.add(cell.apply(new Spot(row.vantage(), row.version(), service))));
            lines.add(line);
        });
        return align(lines);
    }

    private static Row row(Spot spot) {
        return new Row(spot.vantage(), spot.version());
    }

    private static String align(List<List<String>> lines) {
        int columns = lines.get(0).size();
        int[] widths = IntStream.range(0, columns)
                .map(column -> lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0))
                .toArray();
        return lines.stream()
                .map(line -> IntStream.range(0, columns)
                        .mapToObj(column -> pad(line.get(column), widths[column]))
                        .collect(Collectors.joining(GAP))
                        .stripTrailing())
                .collect(Collectors.joining("\n"));
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private record Row(String vantage, IpVersion version) {}
}
