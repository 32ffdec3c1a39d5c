package me.wingu.boma.harness.rehearsal;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Subject;
import me.wingu.boma.harness.state.drift.Drift;
import me.wingu.boma.harness.waiting.Waiting;

/**
 * Reads a host that has just booted, and looks again at what is not as it was before, for some seconds. systemd calls a boot
 * finished when its services run: one of {@code Type=simple} opens its port, and a mesh agent brings its interface, later.
 *
 * @param read reads subjects of the host
 * @param patience how long what is missing may take to come
 * @param told is told what came late
 */
record SecondLook(Function<Collection<Subject<?>>, HostState> read, Duration patience, Consumer<String> told) {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    /** A state, and what differs in it from the one before the boot. */
    record Seen(HostState state, Drift drift) {}

    /**
     * Returns the host's state when nothing is missing any more, or when the time for that is over.
     *
     * @param before the state before the boot
     */
    Seen after(HostState before) {
        Seen first = seen(before, read.apply(Subject.all()));
        if (first.drift().mayComeLate().isEmpty()) {
            return first;
        }
        waitForTheLate(before, first);
        Seen last = seen(before, read.apply(Subject.all())); // of one moment, not of several
        late(first.drift(), last.drift()).ifPresent(told);
        return last;
    }

    private static Seen seen(HostState before, HostState state) {
        return new Seen(state, Drift.between(before, state));
    }

    private void waitForTheLate(HostState before, Seen first) {
        AtomicReference<Seen> latest = new AtomicReference<>(first);
        try {
            new Waiting("what the boot brings late", patience, BETWEEN_LOOKS, Optional::empty).until(() -> {
                Collection<Subject<?>> missing = latest.get().drift().mayComeLate();
                if (missing.isEmpty()) {
                    return Optional.of(latest.get());
                }
                latest.set(seen(before, latest.get().state().updatedBy(read.apply(missing))));
                return Optional.empty();
            });
        } catch (Waiting.InVain e) {
            // it is lost, not late: the last reading tells so
        }
    }

    private static Optional<String> late(Drift first, Drift last) {
        String late = first.missing()
                .filter(difference -> !last.differences().contains(difference))
                .map(difference -> difference.subject() + ": " + difference.name())
                .collect(Collectors.joining(", "));
        return late.isEmpty() ? Optional.empty() : Optional.of("Came only after the boot was finished: " + late);
    }
}
