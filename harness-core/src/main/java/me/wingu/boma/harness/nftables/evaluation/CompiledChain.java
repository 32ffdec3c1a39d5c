package me.wingu.boma.harness.nftables.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import me.wingu.boma.harness.nftables.Chain;

/** A chain made ready to run; the rules are filled in after all chains exist. */
final class CompiledChain {

    final Chain chain;
    private final Map<String, CompiledChain> siblings;
    CompiledRule[] rules = {};

    /** @param siblings the chains of its table by name, this one included, once all of them are made */
    CompiledChain(Chain chain, Map<String, CompiledChain> siblings) {
        this.chain = chain;
        this.siblings = siblings;
    }

    void fill(List<CompiledRule> compiled) {
        rules = compiled.toArray(CompiledRule[]::new);
    }

    /** Returns the chain of that name in the same table, which has one: what names another is not compiled to a jump. */
    CompiledChain sibling(String name) {
        return Objects.requireNonNull(siblings.get(name), name);
    }
}
