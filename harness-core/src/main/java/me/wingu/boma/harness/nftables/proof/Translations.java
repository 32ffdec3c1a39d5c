package me.wingu.boma.harness.nftables.proof;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.Interval;
import me.wingu.boma.harness.nftables.semantics.RuleId;
import me.wingu.boma.harness.nftables.semantics.Step;

/** Turns address translations into substitutions. */
final class Translations {

    /** Where a packet of this host is redirected to, by whether it is IPv6. */
    static final Map<Boolean, IpAddress> LOOPBACK = Map.of(false, IpAddress.of("127.0.0.1"), true, IpAddress.of("::1"));

    private static final int SNAT_BIT = 4;
    private static final int DNAT_BIT = 5;

    private final HostNetwork network;
    private final HeaderSpace space;
    private final Bdd bdd;
    private final ConditionEncoder conditions;

    Translations(HostNetwork network, HeaderSpace space, ConditionEncoder conditions) {
        this.network = network;
        this.space = space;
        this.bdd = space.bdd();
        this.conditions = conditions;
    }

    /** Returns the substitution that does what the rule's translation does, and notes it in the connection. */
    Substitution of(RuleId rule, Step.Translation translation) {
        boolean destination = translation.destination();
        Draft draft = new Draft(space);
        int changed = NodeTable.FALSE;
        for (boolean six : new boolean[] {false, true}) {
            Field address = address(destination, six);
            Rewrite rewrite = unchanged(address);
            for (int i = translation.targets().size() - 1; i >= 0; i--) {
                Step.Target target = translation.targets().get(i);
                if (target.leads(six)) {
                    rewrite = chosen(target, address(rule, translation, target, address), rewrite);
                }
            }
            changed = bdd.or(changed, rewrite.changed());
            draft.set(space.field(address), rewrite.bits()).set(space.field(reply(destination, six)), rewrite.bits());
        }
        int readdressed = changed;
        Field port = destination ? Field.DPORT : Field.SPORT;
        Rewrite rewrite = unchanged(port);
        for (int i = translation.targets().size() - 1; i >= 0; i--) {
            Step.Target target = translation.targets().get(i);
            rewrite = chosen(target, port(rule, target, port), rewrite);
        }
        changed = bdd.or(changed, rewrite.changed());
        draft.set(space.field(port), rewrite.bits())
                .set(space.field(destination ? Field.CT_REPLY_SPORT : Field.CT_REPLY_DPORT), rewrite.bits());
        if (translation.kind() == Step.Translation.Kind.DNAT) {
            draft.set(space.diverted(), new int[] {readdressed}); // a new port alone leads to nobody else
        } else if (destination) {
            draft.set(space.redirected(), new int[] {NodeTable.TRUE});
        }
        return note(draft, changed, destination ? DNAT_BIT : SNAT_BIT).substitution();
    }

    private Draft note(Draft draft, int changed, int bit) {
        int[] bits = space.field(Field.CT_STATUS).bits();
        bits[bit] = bdd.or(bits[bit], changed);
        return draft.set(space.field(Field.CT_STATUS), bits);
    }

    private Rewrite address(RuleId rule, Step.Translation translation, Step.Target target, Field address) {
        if (target.unknown().isPresent()) {
            return doubted(target.unknown().get(), address);
        } else if (target.address().isPresent()) {
            Interval wanted = target.address().get();
            Rewrite fresh = within(Doubt.about(rule, "which address of the range is taken"), wanted, address);
            int[] old = space.field(address).bits();
            int[] bits = new int[old.length];
            Arrays.setAll(bits, bit -> target.hostBits().testBit(bit) ? old[bit] : fresh.bits()[bit]);
            return wanted.single() ? constant(bits, address) : new Rewrite(bits, fresh.changed());
        } else if (translation.kind() == Step.Translation.Kind.MASQUERADE) {
            return doubted(Doubt.about(rule, "the output interface's address"), address);
        } else if (translation.kind() == Step.Translation.Kind.REDIRECT) {
            return ofInput(rule, address);
        }
        return unchanged(address);
    }

    /** The first address of the interface that the packet came in through, or loopback's for a packet of this host. */
    private Rewrite ofInput(RuleId rule, Field address) {
        boolean six = address == Field.IP6_DADDR;
        Rewrite rewrite = doubted(Doubt.about(rule, "the input interface's address"), address);
        for (HostNetwork.Link link : network.links()) {
            Optional<IpAddress> first = link.addresses().stream()
                    .map(HostNetwork.InterfaceAddress::address)
                    .filter(each -> each.v6() == six)
                    .findFirst();
            if (first.isPresent()) {
                Rewrite own = constant(space.constant(address, first.get().value()), address);
                rewrite = chosen(space.is(Field.IIF_NAME, Interfaces.number(link.name())), own, rewrite);
            }
        }
        Rewrite loopback = constant(space.constant(address, LOOPBACK.get(six).value()), address);
        return chosen(space.is(Field.IIF_NAME, BigInteger.ZERO), loopback, rewrite);
    }

    private Rewrite port(RuleId rule, Step.Target target, Field port) {
        if (target.unknown().isPresent()) {
            Condition.Unknown about = target.unknown().get();
            return doubted(new Condition.Unknown(about.rule(), about.ordinal(), about.reason() + ", and the port"), port);
        }
        Optional<Interval> wanted = target.port();
        Condition.Unknown doubt = Doubt.about(rule, "which port of the range is taken");
        return wanted.map(interval -> within(doubt, interval, port)).orElseGet(() -> unchanged(port));
    }

    /** One of several is a doubt; numbers outside the interval stand for its first member. */
    private Rewrite within(Condition.Unknown doubt, Interval interval, Field field) {
        int[] low = space.constant(field, interval.low());
        if (interval.single()) {
            return constant(low, field);
        }
        Rewrite any = doubted(doubt, field);
        int inRange = space.within(field, interval);
        int inside = bdd.substitute(inRange, new Draft(space).set(space.field(field), any.bits()).substitution());
        int[] bits = new int[low.length];
        Arrays.setAll(bits, bit -> bdd.ite(inside, any.bits()[bit], low[bit]));
        return new Rewrite(bits, any.changed());
    }

    private Rewrite constant(int[] bits, Field field) {
        int[] old = space.field(field).bits();
        int differs = NodeTable.FALSE;
        for (int bit = 0; bit < bits.length; bit++) {
            differs = bdd.or(differs, bdd.xor(bits[bit], old[bit]));
        }
        return new Rewrite(bits, differs);
    }

    /** Whether an address that is not known differs from the old one is a doubt of its own. */
    private Rewrite doubted(Condition.Unknown unknown, Field field) {
        int width = space.field(field).width();
        List<Integer> variables = space.unknownBits(unknown, width + 1);
        int[] bits = variables.subList(0, width).stream().mapToInt(bdd::variable).toArray();
        return new Rewrite(bits, bdd.variable(variables.get(width)));
    }

    private Rewrite chosen(Step.Target target, Rewrite rewrite, Rewrite otherwise) {
        return chosen(conditions.encode(target.when()), rewrite, otherwise);
    }

    private Rewrite chosen(int when, Rewrite rewrite, Rewrite otherwise) {
        int[] bits = new int[otherwise.bits().length];
        Arrays.setAll(bits, bit -> bdd.ite(when, rewrite.bits()[bit], otherwise.bits()[bit]));
        return new Rewrite(bits, bdd.ite(when, rewrite.changed(), otherwise.changed()));
    }

    private Rewrite unchanged(Field field) {
        return new Rewrite(space.field(field).bits(), NodeTable.FALSE);
    }

    /** Replies come from where the translated packet goes, and go to where it comes from. */
    private static Field reply(boolean destination, boolean six) {
        if (destination) {
            return six ? Field.CT_REPLY_SADDR6 : Field.CT_REPLY_SADDR4;
        }
        return six ? Field.CT_REPLY_DADDR6 : Field.CT_REPLY_DADDR4;
    }

    /** Returns the field of an address. */
    static Field address(boolean destination, boolean six) {
        if (destination) {
            return six ? Field.IP6_DADDR : Field.IP_DADDR;
        }
        return six ? Field.IP6_SADDR : Field.IP_SADDR;
    }

    /** New bits of a field, bit 0 first, and the condition that they differ from the old ones. */
    @SuppressWarnings("ArrayRecordComponent") // lives for one call, is never compared
    private record Rewrite(int[] bits, int changed) {}
}
