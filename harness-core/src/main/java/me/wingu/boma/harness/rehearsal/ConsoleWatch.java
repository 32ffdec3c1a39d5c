package me.wingu.boma.harness.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import me.wingu.boma.harness.diagnostics.ConsoleTestimony;

/**
 * Sees on the console that a boot is in vain: its kernel panicked, or it is at its end, with a login prompt, and SSH keeps
 * silent all the same. The panic device of the machine tells of late panics only, once its driver is loaded.
 */
final class ConsoleWatch {

    /** The console is read as a whole, so not at every look. */
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Supplier<String> console;
    private final Duration patience;
    private Instant nextLook = Instant.MIN;
    private Optional<Instant> prompted = Optional.empty();

    /**
     * Creates a watch.
     *
     * @param console reads everything that the guest has written to its console
     * @param patience how long SSH may stay silent beside a login prompt
     */
    ConsoleWatch(Supplier<String> console, Duration patience) {
        this.console = console;
        this.patience = patience;
    }

    /** Returns why waiting for SSH is in vain, once it is. */
    Optional<String> look() {
        Instant now = Instant.now();
        if (now.isBefore(nextLook)) {
            return Optional.empty();
        }
        nextLook = now.plus(INTERVAL);
        ConsoleTestimony testimony = ConsoleTestimony.ofLastBoot(console.get());
        if (testimony.panic().isPresent()) {
            return testimony.panic().map(line -> "the console says \"" + line + "\"");
        }
        prompted = testimony.asksForLogin()
                ? prompted.or(() -> Optional.of(now))
                : Optional.empty(); // that of the boot before
        return prompted.filter(since -> since.plus(patience).isBefore(now))
                .map(since -> "the console has asked for a login for " + Duration.between(since, now).toSeconds() + " s");
    }
}
