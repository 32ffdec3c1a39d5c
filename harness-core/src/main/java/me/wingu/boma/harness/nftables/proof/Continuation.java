package me.wingu.boma.harness.nftables.proof;

/**
 * What the fate of a packet depends on when it leaves a chain, as the set of packets that get through afterwards.
 *
 * @param accepted after an accept
 * @param returned after a return, or after the last rule
 * @param translated after a translation of addresses, the packet being translated already
 */
record Continuation(int accepted, int returned, int translated) {

    /** Returns the continuation of a chain that was jumped to from the rule before {@code next}. */
    Continuation returningTo(int next) {
        return new Continuation(accepted, next, translated);
    }
}
