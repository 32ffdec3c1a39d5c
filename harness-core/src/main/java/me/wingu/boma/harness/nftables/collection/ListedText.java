package me.wingu.boma.harness.nftables.collection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.wingu.boma.harness.nftables.BaseChain;
import me.wingu.boma.harness.nftables.Chain;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.Table;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What {@code nft list ruleset} prints as text and not as JSON: the rules of chains without a name
 * ({@code jump { … }}), and, by nft 1.0.6, the flags of tables and the devices of ingress chains.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class ListedText {

    private static final Pattern TABLE = Pattern.compile("table (\\S+) (\\S+) \\{.*");
    private static final Pattern FLAGS = Pattern.compile("\\s+flags ([\\w,]+);?\\s*");
    private static final Pattern CHAIN = Pattern.compile("\\s*chain (\\S+) \\{.*");
    private static final Pattern DEVICES =
            Pattern.compile("\\s*type \\S+ hook \\S+ (?:device|devices =) (\\{[^}]*\\}|\\S+) priority .*");
    private static final Pattern CHAIN_IN_BRACES = Pattern.compile("(.*\\b(?:jump|goto)) \\{\\s*");
    private static final Pattern END = Pattern.compile("\\s*\\}(.*)");

    private final List<String> lines;

    /** Creates a reader of such a text. */
    public ListedText(String text) {
        lines = text.lines().toList();
    }

    /** Returns whether a chain without a name is in the text. */
    public boolean hasChainsInBraces() {
        return lines.stream().anyMatch(line -> CHAIN_IN_BRACES.matcher(line).matches());
    }

    /** Returns the same ruleset with a name for every chain that has none: {@code unnamed1} and so on. */
    public String withNamedChains() {
        List<String> whole = new ArrayList<>();
        List<String> named = new ArrayList<>();
        Deque<List<String>> open = new ArrayDeque<>();
        int count = 0;
        for (String line : lines) {
            List<String> target = open.isEmpty() ? whole : open.peek();
            Matcher begin = CHAIN_IN_BRACES.matcher(line);
            Matcher end = END.matcher(line);
            if (begin.matches()) {
                count++;
                target.add(begin.group(1) + " unnamed" + count);
                open.push(new ArrayList<>(List.of("chain unnamed" + count + " {")));
            } else if (!open.isEmpty() && end.matches()) {
                open.peek().add("}");
                named.addAll(open.pop());
            } else if (line.equals("}")) {
                whole.addAll(named);
                whole.add(line);
                named.clear();
            } else {
                target.add(line);
            }
        }
        return String.join("\n", whole) + "\n";
    }

    /** Returns the ruleset with the flags of its tables, and the devices of its chains, as the text has them. */
    public Ruleset complete(Ruleset ruleset) {
        if (lines.isEmpty()) {
            return ruleset;
        }
        Map<String, Set<String>> flags = flags();
        List<Table> tables = ruleset.tables().stream()
                .map(table -> new Table(
                        table.family(), table.name(), table.handle(),
                        flags.getOrDefault(table.family().keyword() + " " + table.name(), Set.of()),
                        table.chains().stream().map(this::withDevices).toList(), table.sets(), table.flowtables(), table.objects()))
                .toList();
        return ruleset.withTables(tables);
    }

    private Chain withDevices(Chain chain) {
        if (chain.base().isEmpty() || !chain.base().get().devices().isEmpty()) {
            return chain;
        }
        BaseChain base = chain.base().get();
        BaseChain placed = new BaseChain(base.type(), base.hook(), base.priority(), base.policy(), devices(chain));
        return new Chain(chain.family(), chain.table(), chain.name(), chain.handle(), Optional.of(placed), chain.rules());
    }

    private List<String> devices(Chain chain) {
        boolean inTable = false;
        boolean inChain = false;
        for (String line : lines) {
            Matcher table = TABLE.matcher(line);
            Matcher begin = CHAIN.matcher(line);
            Matcher hook = DEVICES.matcher(line);
            if (table.matches()) {
                inTable = table.group(1).equals(chain.family().keyword()) && table.group(2).equals(chain.table());
            } else if (begin.matches()) {
                inChain = inTable && begin.group(1).equals(chain.name());
            } else if (inChain && hook.matches()) {
                return List.of(hook.group(1).replaceAll("[{}\"\\s]", "").split(",", -1));
            }
        }
        return List.of();
    }

    private Map<String, Set<String>> flags() {
        Map<String, Set<String>> flags = new HashMap<>();
        String table = "";
        for (String line : lines) {
            Matcher begin = TABLE.matcher(line);
            Matcher found = FLAGS.matcher(line);
            if (begin.matches()) {
                table = begin.group(1) + " " + begin.group(2);
            } else if (found.matches()) {
                flags.putIfAbsent(table, Set.of(found.group(1).split(",", -1)));
            } else if (line.endsWith("{")) {
                table = "";
            }
        }
        flags.remove("");
        return flags;
    }
}
