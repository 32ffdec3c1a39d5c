package me.wingu.boma.harness.nftables.evaluation;

import java.util.List;
import java.util.Map;
import me.wingu.boma.harness.nftables.Chain;

/** A chain made ready to run; the rules are filled in after all chains exist. */
final class CompiledChain {

    final Chain chain;
    final Map<String, CompiledChain> siblings;
    CompiledRule[] rules = {};

    /** @param siblings the chains of its table by name, this one included, once all of them are made */
    CompiledChain(Chain chain, Map<String, CompiledChain> siblings) {
        this.chain = chain;
        this.siblings = siblings;
    }

    void fill(List<CompiledRule> compiled) {
        rules = compiled.toArray(CompiledRule[]::new);
    }
}
