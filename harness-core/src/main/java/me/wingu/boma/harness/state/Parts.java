package me.wingu.boma.harness.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A collector's text in parts; a part begins after a line {@code =name}. */
final class Parts {

    private static final Pattern HEAD = Pattern.compile("(?m)^=([a-z0-9]+)(?: (.*))?\\n");

    private final List<Part> parts;

    private Parts(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * A part.
     *
     * @param name what follows the equals sign
     * @param argument what follows the name
     * @param text the lines up to the next part
     */
    record Part(String name, String argument, String text) {}

    static Parts of(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher head = HEAD.matcher(text);
        boolean found = head.find();
        while (found) {
            String name = head.group(1);
            String argument = Optional.ofNullable(head.group(2)).orElse("");
            int from = head.end();
            found = head.find();
            parts.add(new Part(name, argument, text.substring(from, found ? head.start() : text.length())));
        }
        return new Parts(parts);
    }

    List<Part> named(String name) {
        return parts.stream().filter(part -> part.name().equals(name)).toList();
    }

    /** Returns the text of all parts of that name, without surrounding white space. */
    String text(String name) {
        return named(name).stream().map(Part::text).collect(Collectors.joining()).strip();
    }

    /** Returns the lines of all parts of that name that are not blank. */
    List<String> lines(String name) {
        return text(name).lines().filter(line -> !line.isBlank()).toList();
    }
}
