package me.wingu.boma.harness.nftables.collection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import me.wingu.boma.harness.nftables.BaseChain;
import me.wingu.boma.harness.nftables.Chain;
import me.wingu.boma.harness.nftables.Family;
import me.wingu.boma.harness.nftables.Rule;
import me.wingu.boma.harness.nftables.Statement;
import me.wingu.boma.harness.nftables.Table;
import me.wingu.boma.harness.nftables.Verdict;

/**
 * Tables of iptables-legacy, which sit on the same hooks as those of nft and are not listed by it. What their rules do is not
 * read: a chain of theirs with rules, or with another policy than ACCEPT, stands in the model as one rule that may do anything.
 */
final class LegacyTables {

    /** Hooks and priorities of the kernel's tables: {@code include/uapi/linux/netfilter_ipv4.h}. */
    private static final Map<String, Map<String, Integer>> HOOKS = Map.of(
            "raw", Map.of("prerouting", -300, "output", -300),
            "mangle",
                    Map.of("prerouting", -150, "input", -150, "forward", -150, "output", -150, "postrouting", -150),
            "nat", Map.of("prerouting", -100, "input", 100, "output", -100, "postrouting", 100),
            "filter", Map.of("input", 0, "forward", 0, "output", 0),
            "security", Map.of("input", 50, "forward", 50, "output", 50));

    private LegacyTables() {}

    /**
     * Reads tables.
     *
     * @param names the tables that the kernel's old module holds, a line each: {@code ip filter}
     * @param saved what {@code iptables-legacy-save} said of them, after a line {@code =ip} or {@code =ip6}; where it says
     *     nothing of a table, all its chains may do anything
     * @return those that may do anything to a packet
     */
    static List<Table> of(String names, String saved) {
        Map<String, Set<String>> idle = idle(saved);
        List<Table> tables = new ArrayList<>();
        for (String line : names.lines().map(String::strip).filter(line -> !line.isEmpty()).toList()) {
            Family family = line.startsWith("ip6 ") ? Family.IP6 : Family.IP;
            String name = line.substring(line.lastIndexOf(' ') + 1);
            List<Chain> chains = HOOKS.getOrDefault(name, Map.of()).entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .filter(hook -> !idle.getOrDefault(line, Set.of()).contains(hook.getKey()))
                    .map(hook -> chain(family, name, hook.getKey(), hook.getValue()))
                    .toList();
            if (!chains.isEmpty()) {
                tables.add(new Table(family, called(name), 0, Set.of(), chains, List.of(), List.of(), List.of()));
            }
        }
        return tables;
    }

    private static String called(String table) {
        return table + " (iptables-legacy)";
    }

    private static Chain chain(Family family, String table, String hook, int priority) {
        Rule rule = new Rule(
                family, called(table), hook, 0, Optional.empty(), List.of(new Statement.Xt("target", "of iptables-legacy")));
        String type = table.equals("nat") ? "nat" : "filter";
        BaseChain base = new BaseChain(type, hook, priority, Verdict.Kind.ACCEPT, List.of());
        return new Chain(family, called(table), hook, 0, Optional.of(base), List.of(rule));
    }

    /** By table, the hooks whose chain has no rule and lets everything pass. */
    private static Map<String, Set<String>> idle(String saved) {
        Map<String, Set<String>> idle = new HashMap<>();
        String family = "";
        Set<String> hooks = new HashSet<>();
        for (String line : saved.lines().toList()) {
            String[] words = line.split(" ", -1);
            if (line.startsWith("=")) {
                family = line.substring(1);
            } else if (line.startsWith("*")) {
                hooks = new HashSet<>();
                idle.put(family + " " + line.substring(1), hooks);
            } else if (line.startsWith(":") && words[1].equals("ACCEPT")) {
                hooks.add(hook(words[0].substring(1)));
            } else if (line.startsWith("-A ")) {
                hooks.remove(hook(words[1]));
            }
        }
        return idle;
    }

    /** A built-in chain is called after its hook; one of a user's own has no policy, and is reached by rules only. */
    private static String hook(String chain) {
        return chain.toLowerCase(Locale.ROOT);
    }
}
