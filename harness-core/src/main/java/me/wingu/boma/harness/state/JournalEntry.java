package me.wingu.boma.harness.state;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A message in the journal.
 *
 * @param at when it came, since the kernel started
 * @param priority 0 (emergency) to 7 (debug); 3 is an error, 4 a warning
 * @param unit the unit that it is from or about
 * @param identifier what the program calls itself; {@code kernel} for the kernel
 * @param message the text; what looks like a secret is masked
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record JournalEntry(Duration at, int priority, Optional<String> unit, String identifier, String message) {

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "[%9.3f] <%d> %s: %s", at.toMillis() / 1000.0, priority, identifier, message);
    }
}
