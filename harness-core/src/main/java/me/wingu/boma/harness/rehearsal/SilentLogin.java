package me.wingu.boma.harness.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import me.wingu.boma.harness.diagnostics.ConsoleTestimony;

/** Notices that a boot is at its end, by the console's login prompt, and SSH keeps silent all the same. */
final class SilentLogin {

    /** The console is read as a whole, so not at every look. */
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Supplier<String> console;
    private final Duration patience;
    private Instant nextLook = Instant.MIN;
    private Optional<Instant> prompted = Optional.empty();

    SilentLogin(Supplier<String> console, Duration patience) {
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
        prompted = ConsoleTestimony.ofLastBoot(console.get()).asksForLogin()
                ? prompted.or(() -> Optional.of(now))
                : Optional.empty(); // that of the boot before
        return prompted.filter(since -> since.plus(patience).isBefore(now))
                .map(since -> "the console has asked for a login for " + Duration.between(since, now).toSeconds() + " s");
    }
}
