package me.wingu.boma.harness.nftables.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * A ruleset's text, and what has to be left out of it before this machine's nft and kernel load it: rules of iptables that
 * nft cannot write, what the kernel has no module for, and what this nft is too old for.
 */
final class Loadable {

    private static final Pattern ERROR = Pattern.compile("(?m)^/dev/stdin:(\\d+):\\d+-\\d+: Error: (.*)$");
    private static final Pattern FLOWTABLE = Pattern.compile("\\s*flowtable (\\S+) \\{.*");
    private static final Pattern NO_RULE =
            Pattern.compile("\\s*(?:(?:table|chain|set|map|type|typeof|policy|elements|flags|include|define|add|delete|flush)\\b.*|)");

    /** What nft 1.1 prints for -100 also in the output hook, where nft 1.0 knows the name in prerouting only. */
    private static final Pattern OUTPUT_DSTNAT =
            Pattern.compile("(\\bhook output priority )dstnat(?: ([+-]) (\\d+))?(?=\\s*;)");

    private static final int DSTNAT = -100;

    private final boolean json;
    private final List<String> lines;
    private final Map<Integer, String> leftOut = new LinkedHashMap<>();

    Loadable(String text) {
        json = text.stripLeading().startsWith("{");
        lines = json ? List.of(text) : new ArrayList<>(text.lines().map(Loadable::numbered).toList());
    }

    private static String numbered(String line) {
        return OUTPUT_DSTNAT.matcher(line).replaceAll(match -> {
            int offset = match.group(3) == null ? 0 : Integer.parseInt(match.group(3));
            return match.group(1) + (DSTNAT + ("-".equals(match.group(2)) ? -offset : offset));
        });
    }

    boolean json() {
        return json;
    }

    /** Returns the rules that were left out, each with the reason that nft gave. */
    List<String> leftOut() {
        return List.copyOf(leftOut.values());
    }

    String text() {
        return json ? withoutXt(lines.get(0)) : String.join("\n", lines) + "\n";
    }

    /** Leaves out the rules and flow tables that the errors name; false when there is none, and the whole must fail. */
    boolean leaveOut(String errors) {
        Map<Integer, String> named = new LinkedHashMap<>();
        Matcher matcher = ERROR.matcher(errors);
        while (matcher.find()) {
            named.putIfAbsent(Integer.parseInt(matcher.group(1)) - 1, matcher.group(2));
        }
        if (json || named.values().stream().anyMatch(message -> message.contains("syntax error"))) {
            return false;
        }
        int before = leftOut.size();
        named.forEach(this::leaveOut);
        return leftOut.size() > before;
    }

    private void leaveOut(int number, String message) {
        if (number >= lines.size()) {
            return;
        }
        String line = lines.get(number);
        Matcher flowtable = FLOWTABLE.matcher(line);
        if (flowtable.matches()) {
            leaveOutFlowtable(number, flowtable.group(1), message);
        } else if (balanced(line) && !NO_RULE.matcher(line).matches()) {
            remove(number, message);
        }
    }

    private void leaveOutFlowtable(int number, String name, String message) {
        Pattern use = Pattern.compile(".*\\bflow (?:add|offload) @" + Pattern.quote(name) + "\\b.*");
        int end = number;
        while (end < lines.size() - 1 && !lines.get(end).strip().equals("}")) {
            lines.set(end++, "");
        }
        lines.set(end, "");
        leftOut.put(number, "flowtable " + name + ": " + message);
        for (int i = 0; i < lines.size(); i++) {
            if (use.matcher(lines.get(i)).matches() && balanced(lines.get(i))) {
                remove(i, message);
            }
        }
    }

    private void remove(int number, String message) {
        leftOut.put(number, lines.get(number).strip() + ": " + message);
        lines.set(number, "");
    }

    private static boolean balanced(String line) {
        return line.chars().filter(each -> each == '{').count() == line.chars().filter(each -> each == '}').count();
    }

    /** What iptables wrote has no parameters in JSON, so that nft can only refuse it. */
    private String withoutXt(String text) {
        if (!text.contains("\"xt\"")) {
            return text;
        }
        try {
            JsonNode root = JsonMapper.builder().build().readTree(text);
            ArrayNode kept = JsonMapper.builder().build().createArrayNode();
            int number = 0;
            for (JsonNode item : root.path("nftables")) {
                number++;
                boolean xt = false;
                for (JsonNode statement : item.path("rule").path("expr")) {
                    xt |= statement.has("xt");
                }
                if (xt) {
                    leftOut.put(number, item.path("rule") + ": an extension of iptables");
                } else {
                    kept.add(item);
                }
            }
            return "{\"nftables\":" + kept + "}";
        } catch (JacksonException e) {
            return text;
        }
    }
}
