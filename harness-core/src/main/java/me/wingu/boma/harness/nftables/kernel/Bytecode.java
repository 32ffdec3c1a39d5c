package me.wingu.boma.harness.nftables.kernel;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.wingu.boma.harness.nftables.Family;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.RuleId;
import me.wingu.boma.harness.nftables.semantics.RuleMeaning;
import me.wingu.boma.harness.nftables.semantics.RulesetMeaning;
import me.wingu.boma.harness.nftables.semantics.Step;

/**
 * The dependencies that nft compiles into a rule and prints in no listing: the protocol that a port match implies, the
 * version of IP that an address implies. {@code nft --debug=netlink list ruleset} shows them.
 */
final class Bytecode {

    private static final Pattern RULE = Pattern.compile("(\\S+) (\\S+) (\\S+) (\\d+)(?: \\d+)?");
    private static final Pattern LOAD = Pattern.compile("\\s+\\[ meta load (l4proto|nfproto) => reg (\\d+) \\]");
    private static final Pattern COMPARE = Pattern.compile("\\s+\\[ cmp eq reg (\\d+) 0x([0-9a-f]{8}) \\]");
    private static final Map<String, Field> FIELDS = Map.of("l4proto", Field.L4PROTO, "nfproto", Field.NFPROTO);

    private record Dependency(String rule, Field field, BigInteger value) {}

    private Bytecode() {}

    /** Returns a sentence for each dependency of a rule that the model's meaning of the rule does not have. */
    static List<String> missing(String listing, RulesetMeaning ruleset) {
        List<String> missing = new ArrayList<>();
        for (Dependency dependency : dependencies(listing)) {
            rule(ruleset, dependency.rule())
                    .filter(rule -> !implied(rule, dependency))
                    .ifPresent(rule -> missing.add("the kernel's bytecode of " + rule.id() + " asks for "
                            + dependency.field() + " " + dependency.value() + ", the model does not: " + rule.rule().text()));
        }
        return missing;
    }

    private static List<Dependency> dependencies(String listing) {
        List<Dependency> found = new ArrayList<>();
        String rule = "";
        Optional<Matcher> loaded = Optional.empty();
        for (String line : listing.lines().toList()) {
            Matcher begin = RULE.matcher(line);
            Matcher load = LOAD.matcher(line);
            Matcher compare = COMPARE.matcher(line);
            if (begin.matches()) {
                rule = key(begin.group(1), begin.group(2), begin.group(3), begin.group(4));
            }
            if (compare.matches() && loaded.filter(last -> last.group(2).equals(compare.group(1))).isPresent()) {
                Field field = FIELDS.get(loaded.get().group(1));
                found.add(new Dependency(rule, field, new BigInteger(compare.group(2), 16)));
            }
            loaded = load.matches() ? Optional.of(load) : Optional.empty();
        }
        return found;
    }

    private static String key(String family, String table, String chain, String handle) {
        return family + " " + table + " " + chain + " " + handle;
    }

    private static Optional<RuleMeaning> rule(RulesetMeaning ruleset, String key) {
        return ruleset.rules()
                .filter(rule -> key(rule.id()).equals(key))
                .filter(RuleMeaning::exact)
                .findFirst();
    }

    private static String key(RuleId id) {
        return key(id.family().keyword(), id.table(), id.chain(), Long.toString(id.handle()));
    }

    /** The family of a table may say as much as the comparison does. */
    private static boolean implied(RuleMeaning rule, Dependency dependency) {
        Family family = rule.id().family();
        boolean known = dependency.field() == Field.NFPROTO
                && ((family == Family.IP && dependency.value().intValue() == 2)
                        || (family == Family.IP6 && dependency.value().intValue() == 10));
        return known || rule.steps().stream().anyMatch(step -> implied(step, dependency));
    }

    private static boolean implied(Step step, Dependency dependency) {
        if (step instanceof Step.Guard guard) {
            return implied(guard.condition(), dependency);
        }
        return step instanceof Step.Branch branch
                && branch.cases().stream().allMatch(each -> implied(each.when(), dependency));
    }

    private static boolean implied(Condition condition, Dependency dependency) {
        if (condition instanceof Condition.And and) {
            return and.parts().stream().anyMatch(part -> implied(part, dependency));
        } else if (condition instanceof Condition.Or or) {
            return or.parts().stream().allMatch(part -> implied(part, dependency));
        }
        return condition instanceof Condition.Test test
                && test.field() == dependency.field()
                && test.values().intervals().stream().allMatch(values ->
                        values.single() && values.low().equals(dependency.value()));
    }
}
