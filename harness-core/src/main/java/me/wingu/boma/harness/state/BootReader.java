package me.wingu.boma.harness.state;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads what the script took from {@code /proc}, {@code /etc} and systemd's manager. */
final class BootReader {

    private BootReader() {}

    static Boot read(String host, Map<String, String> text) {
        Properties boot = Properties.of(text.getOrDefault("boot", ""));
        String uptime = boot.get("uptime").split(" ", 2)[0];
        if (boot.get("boot_id").isEmpty() || !uptime.matches("\\d+\\.\\d+")) {
            throw new SectionReader.Unreadable("a boot id and an uptime", text.getOrDefault("boot", ""));
        }
        Map<String, String> os = new LinkedHashMap<>();
        boot.under("os.").forEach((key, value) -> os.put(key, unquoted(value)));
        return new Boot(
                host,
                boot.get("boot_id"),
                boot.get("osrelease"),
                boot.get("cmdline"),
                Duration.ofMillis((long) (Double.parseDouble(uptime) * 1000)),
                Instant.ofEpochSecond(boot.bigNumber("btime")),
                boot.get("kernel.hostname"),
                boot.find("etc.hostname"),
                boot.find("localtime").map(BootReader::zone),
                os,
                boot.bigNumber("tainted"),
                boot.find("SystemState"),
                boot.sinceBoot("UserspaceTimestampMonotonic"),
                boot.sinceBoot("FinishTimestampMonotonic"));
    }

    private static String zone(String link) {
        int at = link.indexOf("zoneinfo/");
        return at < 0 ? link : link.substring(at + "zoneinfo/".length());
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
