package me.wingu.boma.harness.nftables.semantics;

import java.util.ArrayList;
import java.util.List;

/** Numbers the unknowns of one rule. */
final class Unknowns {

    private final RuleId rule;
    private final List<Condition.Unknown> all = new ArrayList<>();

    Unknowns(RuleId rule) {
        this.rule = rule;
    }

    Condition.Unknown next(String reason) {
        Condition.Unknown unknown = new Condition.Unknown(rule, all.size(), reason);
        all.add(unknown);
        return unknown;
    }

    List<Condition.Unknown> all() {
        return List.copyOf(all);
    }
}
