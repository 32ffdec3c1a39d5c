package me.wingu.boma.harness.fault;

import java.time.Duration;
import me.wingu.boma.harness.guest.GuestConnection;
import me.wingu.boma.harness.hypervisor.Domain;
import me.wingu.boma.harness.hypervisor.GuestFilter;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** The guest that faults are planted in, from both sides; a rehearsal provides it. */
@API(status = Status.INTERNAL, since = "0.1")
public interface FaultTarget {

    /** Returns the guest's machine. */
    Domain domain();

    /** Returns the guest's shell. */
    GuestConnection shell();

    /** Returns the wall around the guest without any fault. */
    GuestFilter wall();

    /** Replaces the wall around the guest; the running guest feels it at once. */
    void contain(GuestFilter wall);

    /** Cuts the guest's power, gives it back, and proves the boot. */
    void losePower();

    /** Returns the deadline that suits this machine where hardware virtualization would need the given one. */
    Duration patience(Duration withKvm);

    /**
     * Does something and writes it down in the timeline of the run, also when it fails.
     *
     * @param step what the timeline calls it: {@code fault} or {@code undo}
     * @param what the fault's name
     * @param work what to do
     */
    void record(String step, String what, Runnable work);
}
