package me.wingu.boma.harness.nftables.proof;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.Interval;
import me.wingu.boma.harness.nftables.semantics.RuleId;
import me.wingu.boma.harness.nftables.semantics.Step;

/** Turns address translations into substitutions. */
final class Translations {

    private static final int SNAT_BIT = 4;
    private static final int DNAT_BIT = 5;

    private final HeaderSpace space;
    private final Bdd bdd;
    private final ConditionEncoder conditions;

    Translations(HeaderSpace space, ConditionEncoder conditions) {
        this.space = space;
        this.bdd = space.bdd();
        this.conditions = conditions;
    }

    /** Returns the substitution that does what the rule's translation does. */
    Substitution of(RuleId rule, Step.Translation translation) {
        boolean destination = translation.destination();
        Draft draft = new Draft(space);
        int changed = NodeTable.FALSE;
        for (boolean six : new boolean[] {false, true}) {
            BitField address = space.field(address(destination, six));
            int[] bits = current(address);
            for (int i = translation.targets().size() - 1; i >= 0; i--) {
                Step.Target target = translation.targets().get(i);
                if (target.nfproto().map(proto -> (proto == 10) == six).orElse(true)) {
                    bits = chosen(target, bits, address(rule, translation, target, address));
                }
            }
            changed = bdd.or(changed, differs(bits, address));
            draft.set(address, bits);
        }
        BitField port = space.field(destination ? Field.DPORT : Field.SPORT);
        int[] bits = current(port);
        for (int i = translation.targets().size() - 1; i >= 0; i--) {
            bits = chosen(translation.targets().get(i), bits, port(rule, translation.targets().get(i), port));
        }
        changed = bdd.or(changed, differs(bits, port));
        draft.set(port, bits);
        if (translation.kind() == Step.Translation.Kind.DNAT) {
            draft.set(space.diverted(), new int[] {changed});
        }
        return note(draft, changed, destination).substitution();
    }

    private Draft note(Draft draft, int changed, boolean destination) {
        BitField status = space.field(Field.CT_STATUS);
        int[] bits = current(status);
        int bit = destination ? DNAT_BIT : SNAT_BIT;
        bits[bit] = bdd.or(bits[bit], changed);
        return draft.set(status, bits);
    }

    private int[] address(RuleId rule, Step.Translation translation, Step.Target target, BitField address) {
        if (target.unknown().isPresent()) {
            return doubted(target.unknown().get(), address, 0);
        }
        if (target.address().isPresent()) {
            int[] fresh = within(rule, target.address().get(), address, 0);
            int[] old = current(address);
            Arrays.setAll(fresh, bit -> target.hostBits().testBit(bit) ? old[bit] : fresh[bit]);
            return fresh;
        }
        boolean interfaces = translation.kind() == Step.Translation.Kind.MASQUERADE;
        return interfaces ? doubted(Doubt.about(rule, "the output interface's address"), address, 0) : current(address);
    }

    private int[] port(RuleId rule, Step.Target target, BitField port) {
        if (target.unknown().isPresent()) {
            return doubted(target.unknown().get(), port, Field.IP6_DADDR.bits());
        }
        Optional<Interval> wanted = target.port();
        return wanted.isPresent() ? within(rule, wanted.get(), port, Field.IP6_DADDR.bits()) : current(port);
    }

    /** One of several is a doubt; values of the doubt outside the interval stand for its first member. */
    private int[] within(RuleId rule, Interval interval, BitField field, int skip) {
        int[] low = Draft.constant(field, interval.low());
        if (interval.single()) {
            return low;
        }
        int[] bits = doubted(Doubt.about(rule, "which address or port of the range is taken"), field, skip);
        BigInteger size = interval.high().subtract(interval.low());
        int[] result = new int[field.width()];
        int inside = inside(bits, field, interval, size);
        Arrays.setAll(result, bit -> bdd.ite(inside, bits[bit], low[bit]));
        return result;
    }

    private int inside(int[] bits, BitField field, Interval interval, BigInteger size) {
        int condition = field.between(field.ones(), interval.low(), interval.low().add(size));
        return bdd.substitute(condition, new Draft(space).set(field, bits).substitution());
    }

    private int[] doubted(Condition.Unknown unknown, BitField field, int skip) {
        List<Integer> variables = space.unknownBits(unknown, skip + field.width());
        return variables.subList(skip, skip + field.width()).stream()
                .mapToInt(bdd::variable)
                .toArray();
    }

    private int[] chosen(Step.Target target, int[] otherwise, int[] bits) {
        int when = conditions.encode(target.when());
        int[] result = new int[bits.length];
        Arrays.setAll(result, bit -> bdd.ite(when, bits[bit], otherwise[bit]));
        return result;
    }

    private int differs(int[] bits, BitField field) {
        int[] old = current(field);
        int differs = NodeTable.FALSE;
        for (int bit = 0; bit < bits.length; bit++) {
            differs = bdd.or(differs, bdd.xor(bits[bit], old[bit]));
        }
        return differs;
    }

    private int[] current(BitField field) {
        int[] bits = new int[field.width()];
        Arrays.setAll(bits, bit -> bdd.variable(field.variable(bit)));
        return bits;
    }

    private static Field address(boolean destination, boolean six) {
        if (destination) {
            return six ? Field.IP6_DADDR : Field.IP_DADDR;
        }
        return six ? Field.IP6_SADDR : Field.IP_SADDR;
    }
}
