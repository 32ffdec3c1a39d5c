package me.wingu.boma.harness.nftables;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A node of the input together with its place, so that every complaint can name it.
 *
 * @param node the node
 * @param parent where it lies; null for the whole input
 * @param step its name there or its number
 */
record JsonPlace(JsonNode node, @Nullable JsonPlace parent, Object step) {

    /** Returns the place of a whole input. */
    static JsonPlace root(JsonNode node) {
        return new JsonPlace(node, null, "");
    }

    /** Returns its JSON pointer; written only when it is asked for, because most places are never complained of. */
    String path() {
        return parent == null ? "" : parent.path() + "/" + step;
    }

    boolean isObject() {
        return node.isObject();
    }

    boolean isArray() {
        return node.isArray();
    }

    boolean isString() {
        return node.isString();
    }

    boolean isNull() {
        return node.isNull();
    }

    /** Returns the only member of an object that has exactly one. */
    Map.Entry<String, JsonPlace> only() {
        if (!node.isObject() || node.size() != 1) {
            throw wrong("expected an object with one member");
        }
        String key = node.propertyNames().iterator().next();
        return Map.entry(key, get(key));
    }

    boolean has(String key) {
        return node.has(key);
    }

    JsonPlace get(String key) {
        return find(key).orElseThrow(() -> wrong("the member \"" + key + "\" is missing"));
    }

    Optional<JsonPlace> find(String key) {
        JsonNode child = node.get(key);
        return child == null ? Optional.empty() : Optional.of(new JsonPlace(child, this, key));
    }

    /** Returns the items of an array; since nft 1.1.4 an array of one item may be written as the item alone. */
    List<JsonPlace> items() {
        if (!node.isArray()) {
            return List.of(this);
        }
        List<JsonPlace> items = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            items.add(new JsonPlace(node.get(i), this, i));
        }
        return items;
    }

    String text() {
        if (!node.isString()) {
            throw wrong("expected a string");
        }
        return node.stringValue();
    }

    Set<String> words() {
        Set<String> words = new LinkedHashSet<>();
        items().forEach(item -> words.add(item.text()));
        return words;
    }

    BigInteger number() {
        if (!node.isIntegralNumber()) {
            throw wrong("expected an integer");
        }
        return node.bigIntegerValue();
    }

    int integer() {
        return (int) longInteger(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    long longInteger() {
        return longInteger(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private long longInteger(long least, long most) {
        BigInteger value = number();
        if (value.compareTo(BigInteger.valueOf(least)) < 0 || value.compareTo(BigInteger.valueOf(most)) > 0) {
            throw wrong("the number " + value + " is out of range");
        }
        return value.longValue();
    }

    /** Returns whether the object has no other members than these. */
    boolean hasOnly(String... known) {
        return node.isObject() && List.of(known).containsAll(node.propertyNames());
    }

    String json() {
        return node.toString();
    }

    RulesetFormatException wrong(String problem) {
        String json = json();
        String seen = json.length() > 120 ? json.substring(0, 120) + "…" : json;
        return new RulesetFormatException(parent == null ? "/" : path(), problem + ", found " + seen, null);
    }
}
