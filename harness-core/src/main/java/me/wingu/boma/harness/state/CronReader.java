package me.wingu.boma.harness.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads {@code file:line} for crontabs, and {@code file} alone for scripts of the hourly to monthly kind. */
final class CronReader {

    private static final Pattern SCRIPT = Pattern.compile("/etc/cron\\.(hourly|daily|weekly|monthly)/[^:]+");

    private CronReader() {}

    static CronJobs read(String host, Map<String, String> text) {
        List<CronJob> jobs = new ArrayList<>();
        for (String line : text.getOrDefault("cron", "").lines().toList()) {
            if (SCRIPT.matcher(line).matches()) {
                jobs.add(new CronJob(line, line.substring("/etc/cron.".length(), line.lastIndexOf('/'))));
            } else {
                int colon = line.indexOf(':');
                jobs.add(new CronJob(
                        line.substring(0, Math.max(0, colon)),
                        LikelySecrets.masked(line.substring(colon + 1).strip().replaceAll("\\s+", " "))));
            }
        }
        return new CronJobs(host, jobs);
    }
}
