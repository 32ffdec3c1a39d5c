package me.wingu.boma.harness.nftables.kernel;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.Interval;
import me.wingu.boma.harness.nftables.semantics.RulesetMeaning;
import me.wingu.boma.harness.nftables.semantics.Step;

/** The interfaces that a ruleset asks for; for a wildcard, one whose name it fits. */
final class InterfaceNames {

    private static final int MOST = 60;
    private static final Packet ANY = Packet.ip(IpAddress.of("0.0.0.0"), IpAddress.of("0.0.0.0"), 0);

    private InterfaceNames() {}

    static Set<String> in(RulesetMeaning ruleset) {
        Set<String> names = new HashSet<>();
        ruleset.rules().flatMap(rule -> rule.steps().stream()).forEach(step -> {
            if (step instanceof Step.Guard guard) {
                collect(guard.condition(), names);
            } else if (step instanceof Step.Branch branch) {
                branch.cases().forEach(each -> collect(each.when(), names));
            }
        });
        return names;
    }

    private static void collect(Condition condition, Set<String> names) {
        if (condition instanceof Condition.And and) {
            and.parts().forEach(part -> collect(part, names));
        } else if (condition instanceof Condition.Or or) {
            or.parts().forEach(part -> collect(part, names));
        } else if (condition instanceof Condition.Not not) {
            collect(not.part(), names);
        } else if (condition instanceof Condition.Test test && test.wholeField()
                && (test.field() == Field.IIF_NAME || test.field() == Field.OIF_NAME)) {
            test.values().intervals().stream().map(InterfaceNames::name).limit(MOST - Math.min(MOST, names.size()))
                    .forEach(names::add);
        }
    }

    private static String name(Interval interval) {
        String first = ANY.with(Field.IIF_NAME, interval.low()).input().orElse("");
        return interval.single() ? first : first + "9";
    }

    static BigInteger number(String name) {
        return ANY.withInput(name).get(Field.IIF_NAME);
    }
}
