package me.wingu.boma.harness.nftables.semantics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import me.wingu.boma.harness.nftables.Expression;
import me.wingu.boma.harness.nftables.SetElement;
import me.wingu.boma.harness.nftables.Statement;

/** Membership of keys in sets and maps. */
final class Lookups {

    private final Readings readings;

    Lookups(Readings readings) {
        this.readings = readings;
    }

    /** What a key needs to have a value: the requirements of all its parts. */
    Condition requires(Expression key) {
        return Condition.all(parts(key).stream()
                .filter(part -> !constant(part))
                .map(part -> readings.read(part).requires())
                .toList());
    }

    /** A part of a key may be a value instead of something of the packet. */
    private static boolean constant(Expression part) {
        return part instanceof Expression.Text || part instanceof Expression.Numeral;
    }

    private static List<Expression> parts(Expression key) {
        List<Expression> parts = key instanceof Expression.Concat concat ? concat.parts() : List.of(key);
        if (parts.stream().anyMatch(Expression.ExtensionHeader.class::isInstance)) {
            throw new NotModelled("an extension header in a key");
        }
        return parts;
    }

    /** Returns the condition that the key is one of the elements, apart from its requirements. */
    Condition member(Expression key, List<SetElement> elements) {
        List<Expression> parts = parts(key);
        return parts.size() == 1 && !constant(parts.get(0))
                ? single(parts.get(0), readings.read(parts.get(0)), elements)
                : Condition.any(elements.stream()
                        .map(element -> metered(tuple(parts, element.key()), element))
                        .toList());
    }

    private Condition single(Expression part, Reading key, List<SetElement> elements) {
        List<Interval> all = new ArrayList<>();
        for (SetElement element : elements) {
            metered(Condition.always(), element);
            all.addAll(readings.values(part, key, element.key()).intervals());
        }
        return key.in(new Values(all));
    }

    private Condition tuple(List<Expression> parts, Expression element) {
        if (element instanceof Expression.Any) {
            return Condition.always();
        }
        List<Expression> values = parts(element);
        if (values.size() != parts.size()) {
            throw new NotModelled("an element with " + values.size() + " parts for a key with " + parts.size());
        }
        List<Condition> tests = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            tests.add(part(parts.get(i), values.get(i)));
        }
        return Condition.all(tests);
    }

    private Condition part(Expression part, Expression value) {
        if (!constant(part)) {
            Reading key = readings.read(part);
            return key.in(readings.values(part, key, value));
        } else if (!constant(value) && !(value instanceof Expression.Any)) {
            throw new NotModelled("a value of the rule in an element's range");
        }
        return value instanceof Expression.Any || part.equals(value) ? Condition.always() : Condition.never();
    }

    /** A limit or quota inside an element decides whether it matches. */
    private static Condition metered(Condition condition, SetElement element) {
        for (Statement statement : element.statements()) {
            if (!(statement instanceof Statement.Observe) && !(statement instanceof Statement.UseObject)) {
                throw new NotModelled("a set element with a " + statement.getClass().getSimpleName().toLowerCase(
                        Locale.ROOT));
            }
        }
        return condition;
    }

    /**
     * Returns the cases of a map, the catch-all last: elements with equal data are one case.
     *
     * @throws NotModelled when an element has no data
     */
    Map<Expression, Condition> cases(Expression key, List<SetElement> elements) {
        Map<Expression, List<SetElement>> byData = new LinkedHashMap<>();
        Optional<SetElement> any = Optional.empty();
        for (SetElement element : elements) {
            if (element.key() instanceof Expression.Any) {
                any = Optional.of(element);
            } else {
                byData.computeIfAbsent(data(element), each -> new ArrayList<>()).add(element);
            }
        }
        Map<Expression, Condition> cases = new LinkedHashMap<>();
        byData.forEach((data, group) -> cases.put(data, member(key, group)));
        any.ifPresent(element -> {
            Condition others = Condition.not(Condition.any(List.copyOf(cases.values())));
            cases.merge(data(element), others, (known, rest) -> Condition.any(List.of(known, rest)));
        });
        return cases;
    }

    private static Expression data(SetElement element) {
        return element.data().orElseThrow(() -> new NotModelled("a map's element without data"));
    }
}
