package me.wingu.boma.harness.nftables.proof;

import java.math.BigInteger;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.semantics.ChainMeaning;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.Interval;
import me.wingu.boma.harness.nftables.semantics.RuleMeaning;
import me.wingu.boma.harness.nftables.semantics.RulesetMeaning;
import me.wingu.boma.harness.nftables.semantics.Step;
import me.wingu.boma.harness.nftables.semantics.Value;

/** Which interface names rulesets, hosts and questions tell apart; everything about them must be heard first. */
final class Vocabulary {

    private static final List<Field> CODED = List.of(Field.IIF_NAME, Field.OIF_NAME);

    private final Map<Field, Set<Interval>> asked = new EnumMap<>(Field.class);
    private final Set<Field> masked = new LinkedHashSet<>();

    Vocabulary() {
        CODED.forEach(field -> asked.put(field, new LinkedHashSet<>()));
        names(List.of(""));
    }

    /** Hears a ruleset and its host. */
    Vocabulary hear(RulesetMeaning ruleset) {
        HostNetwork network = ruleset.network();
        names(network.links().stream().map(HostNetwork.Link::name).toList());
        network.routes().forEach(route -> route.device().ifPresent(device -> names(List.of(device))));
        ruleset.chains().forEach(this::chain);
        return this;
    }

    /** Hears interface names. */
    Vocabulary names(Collection<String> names) {
        names.forEach(name -> asked.values().forEach(all -> all.add(Interval.of(Interfaces.number(name)))));
        return this;
    }

    /** Returns whether it heard an interface's name. */
    boolean knows(String name) {
        return asked.get(Field.IIF_NAME).contains(Interval.of(Interfaces.number(name)));
    }

    /** Returns the codes of a field; none when it is better taken bit by bit. */
    Optional<Codebook> codes(Field field) {
        boolean coded = asked.containsKey(field) && !masked.contains(field);
        return coded ? Optional.of(Codebook.of(asked.get(field))) : Optional.empty();
    }

    private void chain(ChainMeaning chain) {
        chain.chain().base().ifPresent(base -> names(base.devices()));
        for (RuleMeaning rule : chain.rules()) {
            rule.steps().forEach(this::step);
        }
    }

    private void step(Step step) {
        if (step instanceof Step.Guard guard) {
            condition(guard.condition());
        } else if (step instanceof Step.Branch branch) {
            branch.cases().forEach(each -> condition(each.when()));
        } else if (step instanceof Step.Assign assign) {
            value(assign.target(), assign.value());
        } else if (step instanceof Step.Translate translate) {
            translate.translation().targets().forEach(target -> condition(target.when()));
        }
    }

    private void value(Field target, Value value) {
        if (value instanceof Value.Selected selected) {
            selected.cases().forEach(each -> {
                condition(each.when());
                value(target, each.value());
            });
        } else if (value instanceof Value.Computed computed) {
            masked.add(computed.source());
            masked.add(target);
        } else if (value instanceof Value.Constant constant && asked.containsKey(target)) {
            asked.get(target).add(Interval.of(constant.number()));
        }
    }

    private void condition(Condition condition) {
        if (condition instanceof Condition.And and) {
            and.parts().forEach(this::condition);
        } else if (condition instanceof Condition.Or or) {
            or.parts().forEach(this::condition);
        } else if (condition instanceof Condition.Not not) {
            condition(not.part());
        } else if (condition instanceof Condition.Test test && asked.containsKey(test.field())) {
            if (whole(test.mask(), test.field())) {
                asked.get(test.field()).addAll(test.values().intervals());
            } else {
                masked.add(test.field());
            }
        }
    }

    private static boolean whole(BigInteger mask, Field field) {
        return mask.equals(field.ones());
    }
}
