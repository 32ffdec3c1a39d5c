package me.wingu.boma.harness.state;

import java.util.Map;

/** Reads {@code dpkg-query -W} with status, name, version and architecture between bars. */
final class PackagesReader {

    private PackagesReader() {}

    static Packages read(String host, Map<String, String> text) {
        return new Packages(host, text.getOrDefault("packages", "").lines().map(PackagesReader::one).toList());
    }

    private static DebianPackage one(String line) {
        String[] field = line.split("\\|", -1);
        if (field.length != 4) {
            throw new SectionReader.Unreadable("status|name|version|architecture", line);
        }
        return new DebianPackage(field[1], field[2], field[3], field[0].strip());
    }
}
