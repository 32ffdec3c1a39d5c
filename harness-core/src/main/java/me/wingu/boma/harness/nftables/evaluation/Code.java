package me.wingu.boma.harness.nftables.evaluation;

/** A condition made ready to run. */
interface Code {

    boolean holds(PacketState packet);
}
