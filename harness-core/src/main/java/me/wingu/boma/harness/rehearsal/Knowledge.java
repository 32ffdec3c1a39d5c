package me.wingu.boma.harness.rehearsal;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import me.wingu.boma.harness.nftables.proof.Firewall;
import me.wingu.boma.harness.state.HostState;

/** What was read of a guest and still stands: this process has done nothing to the guest since. */
final class Knowledge {

    private Optional<HostState> state = Optional.empty();
    private Optional<Firewall> firewall = Optional.empty();
    private Instant acted = Instant.now();

    synchronized HostState state(Supplier<HostState> read) {
        if (state.isEmpty()) {
            state = Optional.of(read.get());
        }
        return state.get();
    }

    synchronized Firewall firewall(Supplier<Firewall> read) {
        if (firewall.isEmpty()) {
            firewall = Optional.of(read.get());
        }
        return firewall.get();
    }

    /** Brings up to date what was read; what was not read yet is read as a whole when somebody asks. */
    synchronized void update(Supplier<HostState> readSome) {
        firewall = Optional.empty();
        state = state.map(old -> old.updatedBy(readSome.get()));
    }

    synchronized void forget() {
        state = Optional.empty();
        firewall = Optional.empty();
    }

    /** Notes that something was done to the guest just now. */
    synchronized void acted() {
        forget();
        acted = Instant.now();
    }

    /** Returns when something was last done to the guest. */
    synchronized Instant lastAct() {
        return acted;
    }
}
