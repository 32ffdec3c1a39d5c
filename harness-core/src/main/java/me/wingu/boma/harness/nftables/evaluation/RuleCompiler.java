package me.wingu.boma.harness.nftables.evaluation;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.RuleId;
import me.wingu.boma.harness.nftables.semantics.RuleMeaning;
import me.wingu.boma.harness.nftables.semantics.Ruling;
import me.wingu.boma.harness.nftables.semantics.Step;
import me.wingu.boma.harness.nftables.semantics.Value;
import org.jspecify.annotations.Nullable;

/** Makes rules ready to run. */
final class RuleCompiler {

    private static final int UNTRACKED = 64;
    private static final int INVALID = 1;

    private final Translator translator;

    RuleCompiler(Translator translator) {
        this.translator = translator;
    }

    CompiledRule compile(RuleMeaning meaning) {
        ConditionCompiler conditions = new ConditionCompiler(poison(meaning.id()));
        RuleId id = meaning.id();
        return new CompiledRule(meaning, compile(meaning.steps(), id, conditions), compile(meaning.afterChange(), id, conditions));
    }

    private List<CompiledRule.Action> compile(List<Step> steps, RuleId id, ConditionCompiler conditions) {
        return steps.stream().map(step -> compile(step, id, conditions)).toList();
    }

    private static Condition.Unknown poison(RuleId rule) {
        return new Condition.Unknown(rule, -1, "a field that an earlier rule set to a value that cannot be predicted");
    }

    private CompiledRule.Action compile(Step step, RuleId id, ConditionCompiler conditions) {
        if (step instanceof Step.Guard guard) {
            Code condition = conditions.compile(guard.condition());
            return packet -> condition.holds(packet) ? CompiledRule.CONTINUE : null;
        } else if (step instanceof Step.Decide decide) {
            return packet -> decide.ruling();
        } else if (step instanceof Step.Branch branch) {
            return branch(branch, conditions);
        } else if (step instanceof Step.Assign assign) {
            return assign(assign, conditions);
        } else if (step instanceof Step.Change change) {
            return packet -> changed(packet, new PacketState.TableSet(id.family(), id.table(), change.set()));
        } else if (step instanceof Step.Untrack) {
            return RuleCompiler::untrack;
        } else if (step instanceof Step.Translate translate) {
            return translator.compile(translate.translation(), conditions);
        } else if (step instanceof Step.Opaque opaque) {
            return packet -> opaque(packet, opaque.unknown());
        }
        throw new IllegalStateException("no code for " + step);
    }

    private static CompiledRule.Action branch(Step.Branch branch, ConditionCompiler conditions) {
        Code[] codes = branch.cases().stream().map(each -> conditions.compile(each.when())).toArray(Code[]::new);
        Ruling[] rulings = branch.cases().stream().map(Step.Case::ruling).toArray(Ruling[]::new);
        return packet -> {
            for (int i = 0; i < codes.length; i++) {
                if (codes[i].holds(packet)) {
                    return rulings[i];
                }
            }
            return null;
        };
    }

    /** Anything may happen: no match, a match without a ruling, and every ruling that ends the chain. */
    private static @Nullable Ruling opaque(PacketState packet, Condition.Unknown unknown) {
        packet.note(unknown.rule() + ": " + unknown.reason());
        if (!packet.choices.decide(List.of(unknown, "decides"), unknown)) {
            return packet.choices.decide(List.of(unknown, "matches"), unknown) ? CompiledRule.CONTINUE : null;
        } else if (packet.choices.decide(List.of(unknown, "accepts"), unknown)) {
            return Ruling.of(Ruling.Kind.ACCEPT);
        }
        boolean drops = packet.choices.decide(List.of(unknown, "drops"), unknown);
        return Ruling.of(drops ? Ruling.Kind.DROP : Ruling.Kind.STOLEN);
    }

    private static Ruling changed(PacketState packet, PacketState.TableSet set) {
        packet.change(set);
        return CompiledRule.CONTINUE;
    }

    private static Ruling untrack(PacketState packet) {
        if (packet.get(Field.CT_STATE) == INVALID) {
            packet.set(Field.CT_STATE, UNTRACKED);
        }
        return CompiledRule.CONTINUE;
    }

    private static CompiledRule.Action assign(Step.Assign assign, ConditionCompiler conditions) {
        Field target = assign.target();
        Value value = assign.value();
        if (value instanceof Value.Constant constant) {
            return packet -> written(packet, target, Optional.of(constant.number()));
        } else if (value instanceof Value.Computed computed) {
            return packet -> written(packet, target, computed(packet, computed, target));
        } else if (value instanceof Value.Selected selected) {
            return selected(target, selected, conditions);
        }
        return packet -> written(packet, target, Optional.empty());
    }

    private static CompiledRule.Action selected(Field target, Value.Selected selected, ConditionCompiler conditions) {
        List<Code> codes = selected.cases().stream().map(each -> conditions.compile(each.when())).toList();
        return packet -> {
            for (int i = 0; i < codes.size(); i++) {
                if (codes.get(i).holds(packet)) {
                    Value value = selected.cases().get(i).value();
                    return written(packet, target, value instanceof Value.Constant constant
                            ? Optional.of(constant.number())
                            : Optional.empty());
                }
            }
            return null;
        };
    }

    private static Ruling written(PacketState packet, Field target, Optional<BigInteger> value) {
        value.ifPresentOrElse(number -> packet.set(target, number), () -> packet.poison(target));
        return CompiledRule.CONTINUE;
    }

    private static Optional<BigInteger> computed(PacketState packet, Value.Computed computed, Field target) {
        if (packet.poisoned(computed.source().index())) {
            return Optional.empty();
        }
        BigInteger source = Packet.of(packet).get(computed.source());
        BigInteger shifted = computed.shift() >= 0
                ? source.shiftLeft(computed.shift())
                : source.shiftRight(-computed.shift());
        return Optional.of(shifted.and(computed.and()).xor(computed.xor()).and(target.ones()));
    }
}
