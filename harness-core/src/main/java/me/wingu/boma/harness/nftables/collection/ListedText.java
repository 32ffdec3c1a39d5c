package me.wingu.boma.harness.nftables.collection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.Table;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What {@code nft list ruleset} prints as text and not as JSON: the rules of chains without a name
 * ({@code jump { … }}), and, before nft 1.0.7, the flags of tables.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class ListedText {

    private static final Pattern TABLE = Pattern.compile("table (\\S+) (\\S+) \\{.*");
    private static final Pattern FLAGS = Pattern.compile("\\s+flags ([\\w,]+);?\\s*");
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

    /** Returns the ruleset with the flags of its tables as the text has them. */
    public Ruleset flagsOf(Ruleset ruleset) {
        Map<String, Set<String>> flags = flags();
        List<Table> tables = ruleset.tables().stream()
                .map(table -> new Table(
                        table.family(), table.name(), table.handle(),
                        flags.getOrDefault(table.family().keyword() + " " + table.name(), Set.of()),
                        table.chains(), table.sets(), table.flowtables(), table.objects()))
                .toList();
        return new Ruleset(ruleset.nftVersion(), tables, ruleset.unrecognised());
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
