package me.wingu.boma.harness.assertions;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import me.wingu.boma.harness.nftables.Expression;
import me.wingu.boma.harness.nftables.NamedSet;
import me.wingu.boma.harness.nftables.SetElement;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/** Assertions on a named set or map and its elements at the moment of the listing. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class SetAssert extends AbstractAssert<SetAssert, NamedSet> {

    /** Creates the assertions on one set. */
    public SetAssert(NamedSet actual) {
        super(actual, SetAssert.class);
    }

    /**
     * Verifies that it has these elements as it lists them, and perhaps others.
     *
     * <pre>{@code
     * assertThat(firewall).set("inet filter admin4").contains("198.51.100.10");   // passes when it lists it
     * assertThat(firewall).set("inet filter admin4").contains("198.51.100.11");   // fails
     * }</pre>
     *
     * @param elements in nft's words: {@code 198.51.100.10}, {@code 10.0.0.0/8}, {@code 80-90}, {@code 10.0.0.1 . 22}
     */
    public SetAssert contains(String... elements) {
        List<String> missing = new ArrayList<>(FirewallAssert.required(elements, "elements"));
        missing.removeAll(elements());
        return check(missing.isEmpty(), "contain " + List.of(elements), "it lacks " + missing);
    }

    /**
     * Verifies that it has exactly these elements, in any order.
     *
     * <pre>{@code
     * assertThat(firewall).set("inet filter admin4").containsOnly("198.51.100.10");   // passes when it has no other
     * assertThat(firewall).set("inet filter admin4").containsOnly("198.51.100.10");   // fails when it has
     * }</pre>
     */
    public SetAssert containsOnly(String... elements) {
        contains(elements);
        List<String> more = new ArrayList<>(elements());
        more.removeAll(List.of(elements));
        return check(more.isEmpty(), "contain only " + List.of(elements), "it also has " + more);
    }

    /**
     * Verifies that it has no element.
     *
     * <pre>{@code
     * assertThat(firewall).set("inet filter banned").isEmpty();   // passes for an empty set
     * assertThat(firewall).set("inet filter admin4").isEmpty();   // fails for one with elements
     * }</pre>
     */
    public SetAssert isEmpty() {
        isNotNull();
        return check(elements().isEmpty(), "be empty", "it has " + elements());
    }

    private List<String> elements() {
        isNotNull();
        return actual.elements().stream().map(SetElement::key).map(SetAssert::text).toList();
    }

    private static String text(Expression key) {
        if (key instanceof Expression.Concat concat) {
            return concat.parts().stream().map(SetAssert::text).collect(Collectors.joining(" . "));
        } else if (key instanceof Expression.Prefix prefix) {
            return text(prefix.address()) + "/" + prefix.length();
        } else if (key instanceof Expression.Range range) {
            return text(range.low()) + "-" + text(range.high());
        } else if (key instanceof Expression.Text text) {
            return text.value();
        } else if (key instanceof Expression.Numeral numeral) {
            return numeral.value().toString();
        }
        return key instanceof Expression.Any ? "*" : key.toString();
    }

    static String name(NamedSet set) {
        return set.family().keyword() + " " + set.table() + " " + set.name();
    }

    private SetAssert check(boolean holds, String expectation, String but) {
        if (!holds) {
            failWithMessage("%s", Message.of("set " + name(actual), expectation) + "\nbut " + but);
        }
        return this;
    }
}
