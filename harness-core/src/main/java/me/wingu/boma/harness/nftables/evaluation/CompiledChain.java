package me.wingu.boma.harness.nftables.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import me.wingu.boma.harness.nftables.Chain;
import me.wingu.boma.harness.nftables.semantics.Condition;

/** A chain made ready to run; the rules are filled in after all chains exist. */
final class CompiledChain {

    final Chain chain;
    private final Optional<Condition.Unknown> doubt;
    private final Map<String, CompiledChain> siblings;
    CompiledRule[] rules = {};

    /**
     * Creates it without its rules.
     *
     * @param doubt why it may not run
     * @param siblings the chains of its table by name, this one included, once all of them are made
     */
    CompiledChain(Chain chain, Optional<Condition.Unknown> doubt, Map<String, CompiledChain> siblings) {
        this.chain = chain;
        this.doubt = doubt;
        this.siblings = siblings;
    }

    /** Returns whether it runs for this packet, which is a choice where the listing does not tell. */
    boolean runs(PacketState packet) {
        return doubt.isEmpty() || packet.unknown(doubt.get());
    }

    void fill(List<CompiledRule> compiled) {
        rules = compiled.toArray(CompiledRule[]::new);
    }

    /** Returns the chain of that name in the same table, which has one: what names another is not compiled to a jump. */
    CompiledChain sibling(String name) {
        return Objects.requireNonNull(siblings.get(name), name);
    }
}
