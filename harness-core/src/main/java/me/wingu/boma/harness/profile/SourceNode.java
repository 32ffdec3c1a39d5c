package me.wingu.boma.harness.profile;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * One value of a JSON or YAML file, with the place it was read from.
 *
 * @param file the file
 * @param line the line, from 1, of a scalar or of the start of an object or list
 * @param path the names and indexes that lead to the value, such as {@code vm.memoryMiB}; empty at the top
 * @param content a {@code Map<String, SourceNode>}, a {@code List<SourceNode>}, a {@code String}, {@code BigDecimal} or
 *     {@code Boolean}, or null for the file's null
 */
@API(status = Status.INTERNAL, since = "0.1")
public record SourceNode(Path file, int line, String path, @Nullable Object content) {

    /** Returns the members in the file's order; empty when this is no object. */
    @SuppressWarnings("unchecked") // SourceTree is the only maker of maps, and puts nodes under names
    public Map<String, SourceNode> members() {
        return content instanceof Map<?, ?> map ? (Map<String, SourceNode>) map : Map.of();
    }

    /** Returns the elements; empty when this is no list. */
    @SuppressWarnings("unchecked") // as above
    public List<SourceNode> elements() {
        return content instanceof List<?> list ? (List<SourceNode>) list : List.of();
    }

    /** Returns whether this is an object. */
    public boolean isObject() {
        return content instanceof Map;
    }

    /** Returns whether this is a list. */
    public boolean isList() {
        return content instanceof List;
    }

    /** Returns the text of a string; empty for anything else. */
    public Optional<String> text() {
        return content instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** Returns the value of a number; empty for anything else. */
    public Optional<BigDecimal> number() {
        return content instanceof BigDecimal number ? Optional.of(number) : Optional.empty();
    }

    /** Returns the value of a boolean; empty for anything else. */
    public Optional<Boolean> truth() {
        return content instanceof Boolean truth ? Optional.of(truth) : Optional.empty();
    }

    /** Returns {@code file:line}, as editors and compilers write it. */
    public String place() {
        return file + ":" + line;
    }

    /** Returns the value in the words of JSON, cut to one short line. */
    public String shown() {
        String shown;
        if (isObject()) {
            shown = members().isEmpty() ? "an empty object" : "an object with " + String.join(", ", members().keySet());
        } else if (isList()) {
            shown = elements().stream().map(SourceNode::shown).collect(Collectors.joining(", ", "[", "]"));
        } else if (content instanceof String text) {
            shown = '"' + text + '"';
        } else {
            shown = String.valueOf(content);
        }
        return shown.length() <= 80 ? shown : shown.substring(0, 77) + "...";
    }

    /**
     * Returns the value as plain Java: maps, lists, strings, numbers and booleans. Nulls are left out of maps and
     * lists.
     */
    public Optional<Object> plain() {
        if (isObject()) {
            Map<String, Object> plain = new TreeMap<>();
            members().forEach((name, node) -> node.plain().ifPresent(value -> plain.put(name, value)));
            return Optional.of(Map.copyOf(plain));
        }
        if (isList()) {
            return Optional.of(elements().stream().flatMap(node -> node.plain().stream()).collect(Collectors.toList()));
        }
        return Optional.ofNullable(content);
    }
}
