package me.wingu.boma.harness.nftables.evaluation;

import me.wingu.boma.harness.nftables.NftablesException;
import me.wingu.boma.harness.nftables.Verdict;
import me.wingu.boma.harness.nftables.semantics.Ruling;

/** Runs a packet through one base chain and everything that it jumps to. */
final class ChainRunner {

    /** The kernel allows 16 nested jumps and no loops; a listing that breaks this did not come from a kernel. */
    private static final int DEPTH = 16;
    private static final int JUMPS = 100_000;

    private static final Ruling ACCEPT = Ruling.of(Ruling.Kind.ACCEPT);
    private static final Ruling DROP = Ruling.of(Ruling.Kind.DROP);

    Ruling run(CompiledChain base, PacketState packet) {
        CompiledChain[] returnChain = new CompiledChain[DEPTH];
        int[] returnRule = new int[DEPTH];
        int depth = 0;
        int jumps = 0;
        CompiledChain chain = base;
        int next = 0;
        while (true) {
            if (next == chain.rules.length) {
                if (depth == 0) {
                    return policy(base, packet);
                }
                chain = returnChain[--depth];
                next = returnRule[depth];
                continue;
            }
            CompiledRule rule = chain.rules[next++];
            Ruling ruling = rule.run(packet);
            if (ruling == null) {
                continue;
            }
            if (packet.tracing) {
                packet.trace().add(new PacketState.Step(rule, ruling, chain));
            }
            switch (ruling.kind()) {
                case CONTINUE -> { }
                case RETURN -> next = chain.rules.length;
                case JUMP, GOTO -> {
                    if (++jumps > JUMPS) {
                        throw new NftablesException("The chain " + base.chain + " jumps in circles; no kernel loads that.");
                    }
                    if (ruling.kind() == Ruling.Kind.JUMP) {
                        if (depth == DEPTH) {
                            throw new NftablesException(
                                    "The chain " + base.chain + " nests more than 16 jumps; no kernel loads that.");
                        }
                        returnChain[depth] = chain;
                        returnRule[depth++] = next;
                    }
                    chain = rule.target(ruling, chain);
                    next = 0;
                }
                default -> {
                    return ruling;
                }
            }
        }
    }

    private static Ruling policy(CompiledChain base, PacketState packet) {
        Ruling policy = base.chain.base().orElseThrow().policy() == Verdict.Kind.ACCEPT ? ACCEPT : DROP;
        if (packet.tracing) {
            packet.trace().add(new PacketState.Step(null, policy, base));
        }
        return policy;
    }
}
