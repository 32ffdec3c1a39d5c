package me.wingu.boma.harness.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import me.wingu.boma.harness.hypervisor.GuestFilter;

/** The wall around the guest, as all faults of its surroundings together make it. */
final class Wall {

    private final FaultTarget target;
    private final List<UnaryOperator<GuestFilter>> changes = new ArrayList<>();

    Wall(FaultTarget target) {
        this.target = target;
    }

    /** Adds a change. */
    synchronized void raise(UnaryOperator<GuestFilter> change) {
        changes.add(change);
        build();
    }

    /** Takes a change back; those of other faults stay. */
    synchronized void lower(UnaryOperator<GuestFilter> change) {
        changes.remove(change);
        build();
    }

    /** Forgets every change without a word to the hypervisor. */
    synchronized void forget() {
        changes.clear();
    }

    private void build() {
        GuestFilter filter = target.wall();
        for (UnaryOperator<GuestFilter> change : changes) {
            filter = change.apply(filter);
        }
        target.contain(filter);
    }
}
