package me.wingu.boma.harness.state;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code sysctl -a}: {@code name = value}, a value of several lines as several of them. */
final class SysctlsReader {

    private SysctlsReader() {}

    static Sysctls read(String host, Map<String, String> text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : text.getOrDefault("sysctls", "").lines().toList()) {
            int at = line.indexOf(" =");
            if (at > 0) {
                String value = line.substring(at + 2).strip().replaceAll("\\s+", " ");
                values.merge(line.substring(0, at), value, (first, next) -> first + " " + next);
            }
        }
        if (values.isEmpty()) {
            throw new SectionReader.Unreadable("kernel parameters", text.getOrDefault("sysctls", ""));
        }
        return new Sysctls(host, values);
    }
}
