package me.wingu.boma.harness.profile;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Takes an object's fields apart, one by one, and refuses what is of the wrong kind or was not asked for. */
@API(status = Status.INTERNAL, since = "0.1")
public final class Fields {

    private final SourceNode object;
    private final Set<String> asked = new LinkedHashSet<>();

    /**
     * Starts on an object.
     *
     * @throws HarnessException when the node is no object
     */
    public Fields(SourceNode object) {
        if (!object.isObject()) {
            throw wrong(object, "an object: { ... }");
        }
        this.object = object;
    }

    /** Returns the field of that name; empty when it is missing or null. */
    public Optional<SourceNode> field(String name) {
        asked.add(name);
        return Optional.ofNullable(object.members().get(name)).filter(node -> node.content() != null);
    }

    /** Returns the fields of the object of that name; empty when it is missing. */
    public Optional<Fields> object(String name) {
        return field(name).map(Fields::new);
    }

    Optional<String> text(String name, Pattern form, String expected) {
        return field(name).map(node -> text(node, form, expected));
    }

    /**
     * Returns the text of that name.
     *
     * @param form the form that the whole text must have
     * @param expected the form in words
     * @throws HarnessException when the text is missing or has another form
     */
    public String requiredText(String name, Pattern form, String expected) {
        return text(name, form, expected).orElseThrow(() -> missing(name, expected));
    }

    /**
     * Returns the integer of that name, or the fallback when it is missing.
     *
     * @param unit the unit in words, with a leading blank; or empty
     * @throws HarnessException when it is no integer from {@code least} to {@code most}
     */
    public int integer(String name, int fallback, int least, int most, String unit) {
        String expected = "an integer from " + least + " to " + most + unit;
        return field(name).map(node -> integer(node, least, most, expected)).orElse(fallback);
    }

    boolean truth(String name, boolean fallback) {
        return field(name)
                .map(node -> node.truth().orElseThrow(() -> wrong(node, "true or false")))
                .orElse(fallback);
    }

    List<SourceNode> list(String name, String expected) {
        return field(name)
                .map(node -> {
                    if (!node.isList()) {
                        throw wrong(node, expected);
                    }
                    return node.elements();
                })
                .orElse(List.of());
    }

    /** Returns the texts of the list of that name, each of the given form; none when it is missing. */
    public List<String> texts(String name, Pattern form, String expected) {
        return list(name, "a list of names: [\"...\"]").stream()
                .map(node -> text(node, form, expected))
                .collect(Collectors.toList());
    }

    /**
     * Refuses the first field that nobody asked for.
     *
     * @throws HarnessException when there is one
     */
    public void refuseOthers() {
        for (var field : object.members().entrySet()) {
            if (!asked.contains(field.getKey())) {
                throw fault(field.getValue(), "is no known field", "", Suggestion.among(field.getKey(), asked));
            }
        }
    }

    /** Returns the failure that tells which field is missing and what was expected there. */
    public HarnessException missing(String name, String expected) {
        String path = object.path().isEmpty() ? name : object.path() + "." + name;
        return new HarnessException(
                Kind.USAGE, object.place() + ": field \"" + path + "\" is missing.", "", "expected: " + expected);
    }

    static String text(SourceNode node, Pattern form, String expected) {
        return node.text().filter(form.asMatchPredicate()).orElseThrow(() -> wrong(node, expected));
    }

    /** Returns the failure that tells where a wrong value stands and what was expected there. */
    public static HarnessException wrong(SourceNode node, String expected) {
        return fault(node, "has a wrong value", node.shown(), "expected: " + expected);
    }

    /** Returns the failure that tells where a value stands that is wrong in its own way. */
    public static HarnessException fault(SourceNode node, String what, String seen, String next) {
        String field = node.path().isEmpty() ? "the file" : "field \"" + node.path() + "\"";
        return new HarnessException(Kind.USAGE, node.place() + ": " + field + " " + what + ".", seen, next);
    }

    private static int integer(SourceNode node, int least, int most, String expected) {
        BigDecimal number = node.number()
                .filter(value -> value.stripTrailingZeros().scale() <= 0)
                .filter(value -> value.compareTo(BigDecimal.valueOf(least)) >= 0)
                .filter(value -> value.compareTo(BigDecimal.valueOf(most)) <= 0)
                .orElseThrow(() -> wrong(node, expected));
        return number.intValueExact();
    }
}
