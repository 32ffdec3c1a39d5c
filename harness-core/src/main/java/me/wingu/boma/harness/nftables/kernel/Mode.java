package me.wingu.boma.harness.nftables.kernel;

import me.wingu.boma.harness.nftables.evaluation.Hook;

/** Which way packets take through the namespace. */
enum Mode {
    /** Every address is the namespace's own. */
    INPUT,
    /** Every address lies behind one of the interfaces. */
    FORWARD,
    /** The namespace sends the packets itself, through one of the interfaces. */
    OUTPUT;

    static boolean leadsTo(Mode mode, Hook hook) {
        return switch (mode) {
            case INPUT -> hook == Hook.INGRESS || hook == Hook.PREROUTING || hook == Hook.INPUT;
            case FORWARD -> hook == Hook.INGRESS || hook == Hook.FORWARD || hook == Hook.POSTROUTING || hook == Hook.EGRESS;
            case OUTPUT -> hook == Hook.OUTPUT || hook == Hook.POSTROUTING || hook == Hook.EGRESS;
        };
    }
}
