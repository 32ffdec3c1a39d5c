package me.wingu.boma.harness.rehearsal;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.guest.Shell;
import me.wingu.boma.harness.nftables.NftablesException;
import me.wingu.boma.harness.nftables.RulesetReader;
import me.wingu.boma.harness.nftables.collection.NetworkReader;
import me.wingu.boma.harness.nftables.proof.Firewall;

/** Reads a guest's firewall, and what else a verdict depends on, in one remote execution. */
final class FirewallReading {

    private static final String SCRIPT =
            """
            part() { printf '\\n=== part %s\\n' "$1"; }
            part ruleset; nft -j list ruleset
            part addresses; ip -j addr
            part routes4; ip -4 -j route show table all
            part routes6; ip -6 -j route show table all
            part rules4; ip -4 -j rule
            part rules6; ip -6 -j rule
            part sysctls
            sysctl net.ipv4.ip_forward net.ipv6.conf.all.forwarding net.ipv4.conf.all.rp_filter \\
                net.ipv4.conf.all.route_localnet net.bridge.bridge-nf-call-iptables 2>/dev/null
            part end
            """;

    private static final Pattern PART =
            Pattern.compile("^=== part (\\w+)\\n(.*?)(?=^=== part )", Pattern.MULTILINE | Pattern.DOTALL);

    private final Shell shell;
    private final Duration deadline;

    FirewallReading(Shell shell, Duration deadline) {
        this.shell = shell;
        this.deadline = deadline;
    }

    Firewall read() {
        CommandResult result = shell.run(SCRIPT, deadline);
        Map<String, String> parts = new HashMap<>();
        Matcher matcher = PART.matcher(result.stdout());
        while (matcher.find()) {
            parts.put(matcher.group(1), matcher.group(2).strip());
        }
        try {
            return new Firewall(
                    new RulesetReader().read(parts.getOrDefault("ruleset", "")),
                    new NetworkReader()
                            .read(
                                    parts.getOrDefault("addresses", ""),
                                    parts.getOrDefault("routes4", ""),
                                    parts.getOrDefault("routes6", ""),
                                    parts.getOrDefault("rules4", ""),
                                    parts.getOrDefault("rules6", ""),
                                    sysctls(parts.getOrDefault("sysctls", ""))));
        } catch (NftablesException e) {
            throw new HarnessException(
                    HarnessException.Kind.STEP,
                    "Reading the guest's firewall failed.",
                    e.getMessage() + "\n" + result.stderr(),
                    "check that nftables and iproute2 are installed in the guest",
                    e);
        }
    }

    private static Map<String, String> sysctls(String text) {
        Map<String, String> values = new HashMap<>();
        text.lines()
                .filter(line -> line.contains(" = "))
                .forEach(line -> values.put(
                        line.substring(0, line.indexOf(" = ")), line.substring(line.indexOf(" = ") + 3).strip()));
        return values;
    }
}
