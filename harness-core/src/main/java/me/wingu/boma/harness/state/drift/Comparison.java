package me.wingu.boma.harness.state.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Reading;

/** Compares the facts of one subject in two states. */
final class Comparison<T> {

    private final Witness<T> witness;
    private final HostState before;
    private final HostState after;

    Comparison(Witness<T> witness, HostState before, HostState after) {
        this.witness = witness;
        this.before = before;
        this.after = after;
    }

    List<Difference> differences() {
        Reading<T> first = before.reading(witness.subject());
        Reading<T> second = after.reading(witness.subject());
        Optional<T> old = first.find();
        Optional<T> now = second.find();
        if (old.isPresent() && now.isPresent()) {
            return differences(facts(old.get(), before, after), facts(now.get(), after, before));
        }
        // A tool that is on neither host is no difference; anything else unknown must not pass for "nothing lost".
        if (isAbsent(first) && isAbsent(second)) {
            return List.of();
        }
        return List.of(new Difference(
                Difference.Kind.UNKNOWN, witness.name(), witness.subject().name(), words(first), words(second), ""));
    }

    private static boolean isAbsent(Reading<?> reading) {
        return reading instanceof Reading.Missing<?> missing && missing.why() != Reading.Why.FAILED;
    }

    private static String words(Reading<?> reading) {
        return reading.find().isPresent() ? "known" : reading.toString();
    }

    /** Facts by name; of several that are alike each has a number, so that the loss of one is seen. */
    private Map<String, Fact> facts(T value, HostState state, HostState other) {
        Map<String, Fact> facts = new TreeMap<>();
        witness.facts(value, state, other).forEach(fact -> {
            String name = fact.name();
            for (int copy = 2; facts.containsKey(name); copy++) {
                name = fact.name() + " (" + copy + ")";
            }
            facts.put(name, fact);
        });
        return facts;
    }

    private List<Difference> differences(Map<String, Fact> old, Map<String, Fact> now) {
        List<Difference> differences = new ArrayList<>();
        old.forEach((name, fact) -> {
            Fact other = now.get(name);
            if (other == null) {
                differences.add(difference(Difference.Kind.LOST, name, "present", "", fact.carrier()));
            } else {
                differences.addAll(changes(name, fact, other));
            }
        });
        now.forEach((name, fact) -> {
            if (!old.containsKey(name)) {
                differences.add(difference(Difference.Kind.APPEARED, name, "", "present", ""));
            }
        });
        return differences;
    }

    private List<Difference> changes(String name, Fact old, Fact now) {
        List<Difference> changes = new ArrayList<>();
        Set<String> attributes = new TreeSet<>(old.attributes().keySet());
        attributes.addAll(now.attributes().keySet());
        for (String attribute : attributes) {
            String was = old.attributes().getOrDefault(attribute, "");
            String is = now.attributes().getOrDefault(attribute, "");
            if (!witness.same(name, was, is)) {
                String full = attribute.isEmpty() ? name : name + ", " + attribute;
                changes.add(difference(Difference.Kind.CHANGED, full, was, is, old.carrier()));
            }
        }
        return changes;
    }

    private Difference difference(Difference.Kind kind, String name, String was, String is, String carrier) {
        return new Difference(kind, witness.name(), name, was, is, carrier);
    }
}
