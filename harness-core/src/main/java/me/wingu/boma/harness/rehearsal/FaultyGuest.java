package me.wingu.boma.harness.rehearsal;

import java.time.Duration;
import me.wingu.boma.harness.fault.FaultTarget;
import me.wingu.boma.harness.guest.GuestConnection;
import me.wingu.boma.harness.hypervisor.Domain;
import me.wingu.boma.harness.hypervisor.GuestFilter;

/** A rehearsal's guest, as faults see it. */
final class FaultyGuest implements FaultTarget {

    private final Rehearsal rehearsal;

    FaultyGuest(Rehearsal rehearsal) {
        this.rehearsal = rehearsal;
    }

    @Override
    public Domain domain() {
        return rehearsal.machine().domain();
    }

    @Override
    public GuestConnection shell() {
        return rehearsal.machine().shell();
    }

    @Override
    public GuestFilter wall() {
        return rehearsal.lab().upStep().wall(rehearsal.plan());
    }

    @Override
    public void contain(GuestFilter wall) {
        rehearsal.lab().hypervisor().ensureFilter(wall);
    }

    @Override
    public void losePower() {
        rehearsal.reboot(RebootKind.POWER_LOSS);
    }

    @Override
    public Duration patience(Duration withKvm) {
        return rehearsal.patience(withKvm);
    }

    @Override
    public void record(String step, String what, Runnable work) {
        rehearsal.step(
                step,
                () -> {
                    work.run();
                    return what;
                },
                w -> w);
    }
}
