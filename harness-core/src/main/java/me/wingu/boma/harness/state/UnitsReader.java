package me.wingu.boma.harness.state;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code systemctl list-units --all --output=json} and the unit files that {@code find} lists. */
final class UnitsReader {

    private static final JsonMapper JSON = JsonMapper.shared();

    private UnitsReader() {}

    static Units read(String host, Map<String, String> text) {
        String[] parts = text.getOrDefault("units", "").split("\n=(?:files|install)\n", -1);
        if (parts.length != 3) {
            throw new SectionReader.Unreadable("units, files and [Install] sections", text.getOrDefault("units", ""));
        }
        UnitFiles files = UnitFiles.of(parts[1].lines().toList(), parts[2].lines().toList());
        Map<String, Unit> units = new TreeMap<>();
        try {
            for (JsonNode unit : JSON.readTree(parts[0])) {
                String name = unit.path("unit").asString("");
                units.put(name, new Unit(
                        name,
                        unit.path("load").asString(""),
                        unit.path("active").asString(""),
                        unit.path("sub").asString(""),
                        unit.path("description").asString(""),
                        files.enablement(name),
                        files.file(name),
                        files.dropIns(name)));
            }
        } catch (JacksonException e) {
            throw new SectionReader.Unreadable("the units as JSON", parts[0]);
        }
        for (String name : files.names()) {
            units.computeIfAbsent(name, n -> new Unit(
                    n, "unloaded", "inactive", "dead", "", files.enablement(n), files.file(n), files.dropIns(n)));
        }
        return new Units(host, List.copyOf(units.values()));
    }
}
