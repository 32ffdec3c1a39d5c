package me.wingu.boma.harness.rehearsal;

import me.wingu.boma.harness.checkpoint.Checkpoint;

/**
 * A guest that stands still for the run that takes it over. This process is logged in at it until it has woken it up, or lets
 * go of it.
 *
 * @param machine the guest
 * @param checkpoint what it was saved as
 * @param wakeUp wakes it up for that run
 */
record StandingGuest(GuestMachine machine, Checkpoint checkpoint, WakeUpService wakeUp) implements AutoCloseable {

    /** Has a guest stand still. */
    static StandingGuest of(GuestMachine machine, Checkpoint checkpoint, WakeUpService wakeUp) {
        try {
            machine.standBy();
            return new StandingGuest(machine, checkpoint, wakeUp);
        } catch (RuntimeException e) {
            wakeUp.close();
            throw e;
        }
    }

    @Override
    public void close() {
        wakeUp.close();
        machine.close();
    }
}
