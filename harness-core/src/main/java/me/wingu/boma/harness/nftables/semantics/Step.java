package me.wingu.boma.harness.nftables.semantics;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** One thing that a rule does; steps run in order until one of them ends the rule. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public sealed interface Step {

    /** Ends the rule, and the next rule follows, unless the condition holds. */
    record Guard(Condition condition) implements Step {}

    /** Ends the rule with a ruling; {@link Ruling.Kind#CONTINUE} goes on with the next step. */
    record Decide(Ruling ruling) implements Step {}

    /** Takes the ruling of the first case whose condition holds; when none does, the rule ends and the next follows. */
    record Branch(List<Case> cases) implements Step {
        /** Takes a copy. */
        public Branch {
            cases = List.copyOf(cases);
        }
    }

    /** Writes a field; the rules after this one, in all chains, see the new value. */
    record Assign(Field target, Value value) implements Step {}

    /** Adds an element to a set of the rule's table or takes one out, even where the rule goes no further. */
    record Change(String set) implements Step {}

    /** The packet shall not be tracked: {@code CT_STATE} becomes untracked (64) unless it is tracked already. */
    record Untrack() implements Step {}

    /**
     * Binds the connection to translated addresses, and accepts. When a binding of this direction exists, the packet is
     * accepted unchanged.
     */
    record Translate(Translation translation) implements Step {}

    /** Does something that cannot be predicted, up to any ruling; what follows in the rule may or may not happen. */
    record Opaque(Condition.Unknown unknown) implements Step {}

    /**
     * One case of a verdict map.
     *
     * @param when its condition
     * @param ruling its ruling
     */
    record Case(Condition when, Ruling ruling) {}

    /**
     * Network address translation.
     *
     * @param kind which address it changes and where the new one comes from
     * @param targets the first whose condition holds gives address and port; a guard made sure that there is one;
     *     for masquerade and redirect the address is absent: it is the interface's own
     */
    record Translation(Kind kind, List<Target> targets) {

        /** The kinds of translation. */
        public enum Kind {
            /** Destination to the given address. */
            DNAT,
            /** Source to the given address. */
            SNAT,
            /** Source to the output interface's address. */
            MASQUERADE,
            /** Destination to the input interface's address, or loopback for packets of our own. */
            REDIRECT
        }

        /** Takes a copy. */
        public Translation {
            targets = List.copyOf(targets);
        }

        /** Returns whether it changes the destination. */
        public boolean destination() {
            return kind == Kind.DNAT || kind == Kind.REDIRECT;
        }
    }

    /**
     * Where a translation leads.
     *
     * @param when the condition of this target
     * @param nfproto 2 for IPv4, 10 for IPv6, absent when the address is the interface's own
     * @param address the new address, one of the interval; absent: unchanged, or the interface's own
     * @param port the new port, one of the interval; absent: unchanged
     * @param hostBits the bits of the old address that stay ({@code prefix} translation), else zero
     * @param unknown why the target is not known; the other components are then empty
     */
    record Target(
            Condition when,
            Optional<Integer> nfproto,
            Optional<Interval> address,
            Optional<Interval> port,
            BigInteger hostBits,
            Optional<Condition.Unknown> unknown) {

        /** Returns whether it can lead a packet of this IP version anywhere. */
        public boolean leads(boolean v6) {
            return nfproto.map(version -> (version == 10) == v6).orElse(true);
        }
    }
}
