package me.wingu.boma.harness.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads {@code nft -s list ruleset}, and what {@code iptables-legacy-save} prints of tables that nft does not list. */
final class FirewallListingReader {

    private static final Pattern TABLE = Pattern.compile("table (\\S+ \\S+) \\{.*");
    private static final Pattern BLOCK = Pattern.compile("\t(chain|set|map|meter|limit|quota|counter|flowtable|secmark|synproxy"
            + "|ct (?:helper|timeout|expectation)) (\\S+) \\{.*");
    private static final String ELEMENTS = "elements = {";

    private final List<FirewallListing.ListedChain> chains = new ArrayList<>();
    private final List<FirewallListing.ListedSet> sets = new ArrayList<>();
    private final List<FirewallListing.ListedObject> objects = new ArrayList<>();

    private FirewallListingReader() {}

    static FirewallListing read(String host, Map<String, String> text) {
        FirewallListingReader reader = new FirewallListingReader();
        Parts parts = Parts.of(text.getOrDefault("nftables", ""));
        String listing = parts.named("text").stream()
                .map(Parts.Part::text)
                .collect(Collectors.joining());
        Deque<String> lines = new ArrayDeque<>(listing.lines().toList());
        String table = "";
        boolean dormant = false;
        while (!lines.isEmpty()) {
            String line = lines.removeFirst();
            Matcher head = TABLE.matcher(line);
            Matcher block = BLOCK.matcher(line);
            if (head.matches()) {
                table = head.group(1);
                dormant = false;
            } else if (line.matches("\tflags .*\\bdormant\\b.*")) {
                dormant = true;
            } else if (block.matches()) {
                reader.block(table, block.group(1), block.group(2), body(lines), dormant);
            }
        }
        parts.named("legacy").forEach(legacy -> reader.legacy(legacy.argument(), legacy.text()));
        return new FirewallListing(host, reader.chains, reader.sets, reader.objects);
    }

    /** The lines up to the brace that closes the block, which nft indents by one tabulator. */
    private static List<String> body(Deque<String> lines) {
        List<String> body = new ArrayList<>();
        while (!lines.isEmpty()) {
            String line = lines.removeFirst();
            if (line.equals("\t}")) {
                break;
            }
            body.add(line.strip());
        }
        return body;
    }

    private void block(String table, String kind, String name, List<String> body, boolean dormant) {
        if (kind.equals("chain")) {
            String type = body.stream().filter(line -> line.startsWith("type ")).findFirst().orElse("");
            String hook = type.isEmpty() || !dormant ? type : type + " (of a dormant table)";
            List<String> rules = body.stream()
                    .filter(line -> !line.isEmpty() && !line.startsWith("type "))
                    .toList();
            chains.add(new FirewallListing.ListedChain(table, name, hook, rules));
            return;
        }
        if (!kind.matches("set|map|meter")) {
            objects.add(new FirewallListing.ListedObject(table, kind + " " + name, String.join("; ", body)));
            return;
        }
        boolean dynamic = body.stream().anyMatch(line -> line.matches("flags .*dynamic.*|timeout .*"));
        String definition = body.stream()
                .takeWhile(line -> !line.startsWith(ELEMENTS))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("; "));
        sets.add(new FirewallListing.ListedSet(table, name, dynamic, definition, elements(String.join(" ", body))));
    }

    /** They stand between braces, with commas between; in the quotes of a comment anything may stand. */
    private static List<String> elements(String body) {
        List<String> elements = new ArrayList<>();
        int start = body.indexOf(ELEMENTS) + ELEMENTS.length();
        boolean quoted = false;
        for (int i = start; start >= ELEMENTS.length() && i < body.length(); i++) {
            char c = body.charAt(i);
            quoted ^= c == '"';
            if (!quoted && (c == ',' || c == '}')) {
                elements.add(body.substring(start, i).strip());
                start = i + 1;
                if (c == '}') {
                    break;
                }
            }
        }
        elements.removeIf(String::isEmpty);
        return elements;
    }

    /** A table begins with {@code *filter}, a chain with {@code :INPUT ACCEPT [0:0]}, a rule with {@code -A INPUT}. */
    private void legacy(String family, String saved) {
        for (String table : saved.split("(?m)^\\*", -1)) {
            List<String> lines = table.lines().map(line -> line + " ").toList();
            for (String line : lines) {
                if (line.startsWith(":")) {
                    String[] words = line.substring(1).split(" ", -1);
                    String added = "-A " + words[0] + " ";
                    chains.add(new FirewallListing.ListedChain(
                            family + " " + lines.get(0) + "(iptables-legacy)",
                            words[0],
                            words[1].equals("-") ? "" : "policy " + words[1],
                            lines.stream()
                                    .filter(rule -> rule.startsWith(added))
                                    .map(rule -> rule.substring(added.length()).strip())
                                    .toList()));
                }
            }
        }
    }
}
