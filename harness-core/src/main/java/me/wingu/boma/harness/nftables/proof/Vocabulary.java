package me.wingu.boma.harness.nftables.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.IpPrefix;
import me.wingu.boma.harness.nftables.semantics.ChainMeaning;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.Interval;
import me.wingu.boma.harness.nftables.semantics.RuleMeaning;
import me.wingu.boma.harness.nftables.semantics.RulesetMeaning;
import me.wingu.boma.harness.nftables.semantics.Step;
import me.wingu.boma.harness.nftables.semantics.Value;

/**
 * Which interfaces, protocols and addresses rulesets, hosts and questions tell apart; everything about them must be
 * heard first. Ports are not among it: a long ruleset names so many that codes would hardly be shorter.
 */
final class Vocabulary {

    /** Fields whose values are copied into each other share their codes. */
    private static final List<List<Field>> CODED = List.of(
            List.of(Field.IIF_NAME),
            List.of(Field.OIF_NAME),
            List.of(Field.NFPROTO),
            List.of(Field.L4PROTO),
            List.of(Field.IP_SADDR, Field.CT_ORIGINAL_SADDR4, Field.CT_REPLY_DADDR4),
            List.of(Field.IP_DADDR, Field.CT_ORIGINAL_DADDR4, Field.CT_REPLY_SADDR4),
            List.of(Field.IP6_SADDR, Field.CT_ORIGINAL_SADDR6, Field.CT_REPLY_DADDR6),
            List.of(Field.IP6_DADDR, Field.CT_ORIGINAL_DADDR6, Field.CT_REPLY_SADDR6));

    private final Map<Field, Kin> kin = new EnumMap<>(Field.class);
    private final Set<BigInteger> names = new HashSet<>();

    Vocabulary() {
        for (List<Field> fields : CODED) {
            Kin shared = new Kin();
            fields.forEach(field -> kin.put(field, shared));
        }
        names(List.of(""));
        for (long version : new long[] {2, 10}) {
            hear(Field.NFPROTO, Interval.of(version));
        }
        for (long protocol : new long[] {1, 6, 17, 58, 132}) {
            hear(Field.L4PROTO, Interval.of(protocol));
        }
    }

    /** Hears a ruleset and its host. */
    Vocabulary hear(RulesetMeaning ruleset) {
        HostNetwork network = ruleset.network();
        for (HostNetwork.Link link : network.links()) {
            names(List.of(link.name()));
            link.addresses().forEach(own -> addresses(List.of(IpPrefix.of(own.address()))));
        }
        for (HostNetwork.Route route : network.routes()) {
            route.device().ifPresent(device -> names(List.of(device)));
            addresses(List.of(route.destination()));
        }
        addresses(HostNetwork.NEVER_ROUTED);
        addresses(HostNetwork.FOR_MANY);
        ruleset.chains().forEach(this::chain);
        return this;
    }

    /** Hears interface names. */
    Vocabulary names(Collection<String> interfaces) {
        for (String name : interfaces) {
            Interval number = Interval.of(Interfaces.number(name));
            hear(Field.IIF_NAME, number);
            hear(Field.OIF_NAME, number);
        }
        return this;
    }

    /** Hears addresses, whether packets come from them or go to them. */
    Vocabulary addresses(Collection<IpPrefix> prefixes) {
        for (IpPrefix prefix : prefixes) {
            Interval all = Interval.of(prefix);
            hear(prefix.first().v6() ? Field.IP6_SADDR : Field.IP_SADDR, all);
            hear(prefix.first().v6() ? Field.IP6_DADDR : Field.IP_DADDR, all);
        }
        return this;
    }

    /** Hears a condition. */
    Vocabulary hear(Condition condition) {
        if (condition instanceof Condition.And and) {
            and.parts().forEach(this::hear);
        } else if (condition instanceof Condition.Or or) {
            or.parts().forEach(this::hear);
        } else if (condition instanceof Condition.Not not) {
            hear(not.part());
        } else if (condition instanceof Condition.Test test) {
            if (test.wholeField()) {
                test.values().intervals().forEach(values -> hear(test.field(), values));
            } else {
                bitwise(test.field());
            }
        }
        return this;
    }

    /** Returns whether it heard an interface's name. */
    boolean knows(String name) {
        return names.contains(Interfaces.number(name));
    }

    /** Returns the codes of a field; none when it is better taken bit by bit. */
    Optional<Codebook> codes(Field field) {
        return Optional.ofNullable(kin.get(field)).flatMap(all -> all.codes(field.ones()));
    }

    private void hear(Field field, Interval values) {
        Kin shared = kin.get(field);
        if (shared != null) {
            shared.starts.add(values.low());
            shared.starts.add(values.high().add(BigInteger.ONE));
            if (values.single() && (field == Field.IIF_NAME || field == Field.OIF_NAME)) {
                names.add(values.low());
            }
        }
    }

    /** Codes say nothing about single bits. */
    private void bitwise(Field field) {
        Kin shared = kin.get(field);
        if (shared != null) {
            shared.bitwise = true;
        }
    }

    private void chain(ChainMeaning chain) {
        chain.chain().base().ifPresent(base -> names(base.devices()));
        for (RuleMeaning rule : chain.rules()) {
            rule.steps().forEach(this::step);
        }
    }

    private void step(Step step) {
        if (step instanceof Step.Guard guard) {
            hear(guard.condition());
        } else if (step instanceof Step.Branch branch) {
            branch.cases().forEach(each -> hear(each.when()));
        } else if (step instanceof Step.Assign assign) {
            value(assign.target(), assign.value());
        } else if (step instanceof Step.Translate translate) {
            translation(translate.translation());
        }
    }

    private void value(Field target, Value value) {
        if (value instanceof Value.Selected selected) {
            selected.cases().forEach(each -> {
                hear(each.when());
                value(target, each.value());
            });
        } else if (value instanceof Value.Computed computed) {
            bitwise(computed.source());
            bitwise(target);
        } else if (value instanceof Value.Constant constant) {
            hear(target, Interval.of(constant.number()));
        }
    }

    private void translation(Step.Translation translation) {
        if (translation.kind() == Step.Translation.Kind.REDIRECT) {
            addresses(Translations.LOOPBACK.values().stream().map(IpPrefix::of).toList());
        }
        for (Step.Target target : translation.targets()) {
            hear(target.when());
            for (boolean six : new boolean[] {false, true}) {
                Field address = Translations.address(translation.destination(), six);
                if (target.hostBits().signum() != 0) {
                    bitwise(address);
                }
                target.address().filter(any -> target.leads(six)).ifPresent(all -> hear(address, all));
            }
        }
    }

    /** What has been heard about fields of one kind. */
    private static final class Kin {

        private final List<BigInteger> starts = new ArrayList<>();
        private boolean bitwise;
        private Optional<Codebook> codes = Optional.empty();

        Optional<Codebook> codes(BigInteger greatest) {
            if (codes.isEmpty() && !bitwise) {
                codes = Optional.of(Codebook.of(starts, greatest));
            }
            return codes;
        }
    }
}
