package me.wingu.boma.harness.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the {@code Match} blocks among the lines of sshd's configuration, as sshd_config(5) delimits them: a block ends
 * where the next one begins, or its file ends; what a block includes belongs to it.
 */
final class SshdMatchReader {

    /** Keywords whose lines add up; of any other one the first line counts. */
    private static final Set<String> ADDED_UP = Set.of("allowusers", "denyusers", "allowgroups", "denygroups");

    private static final Pattern AFTER_KEYWORD = Pattern.compile("\\s*=\\s*|\\s+");

    private final List<Block> blocks = new ArrayList<>();

    /** The conditions that hold where a file is included, for each file that is being read. */
    private final Deque<String> outer = new ArrayDeque<>();

    private String conditions = "";

    List<SshdConfig.MatchBlock> read(List<String> lines) {
        lines.forEach(this::line);
        return blocks.stream()
                .filter(block -> !block.settings().isEmpty())
                .map(block -> new SshdConfig.MatchBlock(block.conditions(), block.settings()))
                .toList();
    }

    private void line(String line) {
        String[] word = AFTER_KEYWORD.split(line.strip(), 2);
        String keyword = word[0].toLowerCase(Locale.ROOT);
        List<String> arguments = word.length > 1 ? arguments(word[1]) : List.of();
        switch (keyword) {
            case "{" -> outer.push(conditions);
            case "}" -> begin(outer.pop());
            case "match" -> begin((outer.getFirst() + " " + String.join(" ", arguments)).strip());
            default -> {
                if (!conditions.isEmpty()) {
                    set(keyword, arguments);
                }
            }
        }
    }

    private void begin(String now) {
        conditions = now;
        blocks.add(new Block(now, new LinkedHashMap<>()));
    }

    private void set(String keyword, List<String> arguments) {
        Map<String, List<String>> settings = blocks.get(blocks.size() - 1).settings();
        if (ADDED_UP.contains(keyword)) {
            settings.computeIfAbsent(keyword, k -> new ArrayList<>()).addAll(arguments);
        } else {
            settings.putIfAbsent(keyword, arguments);
        }
    }

    private static List<String> arguments(String rest) {
        return Arrays.stream(rest.replace("\"", "").split("\\s+", -1))
                .takeWhile(word -> !word.startsWith("#"))
                .toList();
    }

    private record Block(String conditions, Map<String, List<String>> settings) {}
}
