package me.wingu.boma.harness.state;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code /proc/sys}: {@code path:value}, a value of several lines as several of them. No name has a colon in it. */
final class SysctlsReader {

    private static final String ROOT = "/proc/sys/";

    private SysctlsReader() {}

    static Sysctls read(String host, Map<String, String> text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : text.getOrDefault("sysctls", "").lines().toList()) {
            int at = line.indexOf(':');
            if (at > 0 && line.startsWith(ROOT)) {
                String value = line.substring(at + 1).strip().replaceAll("\\s+", " ");
                values.merge(name(line.substring(ROOT.length(), at)), value, (first, next) -> first + " " + next);
            }
        }
        if (values.isEmpty()) {
            throw new SectionReader.Unreadable("kernel parameters", text.getOrDefault("sysctls", ""));
        }
        return new Sysctls(host, values);
    }

    /** As sysctl(8) writes it: dots between the parts, and a slash for the dot in {@code eth0.100}. */
    private static String name(String path) {
        return path.replace('.', '\n').replace('/', '.').replace('\n', '/');
    }
}
