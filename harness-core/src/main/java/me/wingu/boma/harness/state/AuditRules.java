package me.wingu.boma.harness.state;

import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The rules of the kernel's audit system, as {@code auditctl -l} prints them.
 *
 * @param host what messages call the host and the moment: {@code askari after reboot 1}
 * @param rules the rules, in order
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record AuditRules(String host, List<String> rules) {

    /** Copies the list. */
    public AuditRules {
        rules = List.copyOf(rules);
    }

    static AuditRules read(String host, Map<String, String> text) {
        return new AuditRules(host, text.getOrDefault("audit", "")
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("-"))
                .toList());
    }
}
