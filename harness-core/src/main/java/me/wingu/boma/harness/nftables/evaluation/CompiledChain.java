package me.wingu.boma.harness.nftables.evaluation;

import java.util.List;
import me.wingu.boma.harness.nftables.Chain;

/** A chain made ready to run; the rules are filled in after all chains exist. */
final class CompiledChain {

    final Chain chain;
    CompiledRule[] rules = {};

    CompiledChain(Chain chain) {
        this.chain = chain;
    }

    void fill(List<CompiledRule> compiled) {
        rules = compiled.toArray(CompiledRule[]::new);
    }
}
