package me.wingu.boma.harness.nftables.proof;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.RuleId;
import me.wingu.boma.harness.nftables.semantics.Step;
import me.wingu.boma.harness.nftables.semantics.Value;

/** Turns what rules write into fields into substitutions. */
final class Writes {

    private static final BigInteger INVALID = BigInteger.ONE;
    private static final BigInteger UNTRACKED = BigInteger.valueOf(64);

    private final HostNetwork network;
    private final HeaderSpace space;
    private final Bdd bdd;
    private final ConditionEncoder conditions;
    /** A rule is met once for each continuation; its substitution, and what is cached under it, serves all. */
    private final IdentityHashMap<Object, Substitution> known = new IdentityHashMap<>();

    Writes(HostNetwork network, HeaderSpace space, ConditionEncoder conditions) {
        this.network = network;
        this.space = space;
        this.bdd = space.bdd();
        this.conditions = conditions;
    }

    /** Returns the substitution that writes a value into a field. */
    Substitution of(Step.Assign assign) {
        return remember(assign, () -> {
            BitField target = space.field(assign.target());
            return new Draft(space)
                    .set(target, bits(assign.value(), assign.target(), target))
                    .substitution();
        });
    }

    /** Returns the substitution that makes an untracked packet of one that is not tracked; {@code nft_notrack_eval} leaves others. */
    Substitution of(Step.Untrack untrack) {
        BitField state = space.field(Field.CT_STATE);
        int outside = state.equal(INVALID);
        int[] bits = state.bits();
        int[] untracked = Draft.constant(state, UNTRACKED);
        Arrays.setAll(bits, bit -> bdd.ite(outside, untracked[bit], bits[bit]));
        return new Draft(space).set(state, bits).substitution();
    }

    /** Returns the substitution that translates addresses and ports, and notes it in the connection. */
    Substitution of(RuleId rule, Step.Translation translation) {
        return remember(translation, () -> new Translations(network, space, conditions).of(rule, translation));
    }

    private Substitution remember(Object step, Supplier<Substitution> make) {
        Substitution before = known.get(step);
        if (before == null) {
            before = make.get();
            known.put(step, before);
        }
        return before;
    }

    /** Returns the functions of a value's bits, bit 0 first, in the width of the target. */
    private int[] bits(Value value, Field field, BitField target) {
        if (value instanceof Value.Constant constant) {
            return space.constant(field, constant.number());
        } else if (value instanceof Value.Computed computed) {
            return computed(computed, target.width());
        } else if (value instanceof Value.Selected selected) {
            return selected(selected.cases(), field, target);
        }
        List<Integer> doubts = space.unknownBits(((Value.Unpredictable) value).unknown(), target.width());
        return doubts.stream().mapToInt(bdd::variable).toArray();
    }

    private int[] computed(Value.Computed value, int width) {
        BitField source = space.field(value.source());
        int[] bits = new int[width];
        for (int bit = 0; bit < width; bit++) {
            int from = bit - value.shift();
            boolean reads = value.and().testBit(bit) && from >= 0 && from < source.width();
            int read = reads ? bdd.variable(source.variable(from)) : NodeTable.FALSE;
            bits[bit] = value.xor().testBit(bit) ? bdd.not(read) : read;
        }
        return bits;
    }

    private int[] selected(List<Value.Case> cases, Field field, BitField target) {
        int[] result = target.bits();
        for (int i = cases.size() - 1; i >= 0; i--) {
            int when = conditions.encode(cases.get(i).when());
            int[] bits = bits(cases.get(i).value(), field, target);
            int[] rest = result;
            Arrays.setAll(result, bit -> bdd.ite(when, bits[bit], rest[bit]));
        }
        return result;
    }
}
