package me.wingu.boma.harness.state;

import java.util.List;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The last 1000 warnings and worse of this boot.
 *
 * @param host what messages call the host and the moment: {@code askari after reboot 1}
 * @param entries the messages, oldest first
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Journal(String host, List<JournalEntry> entries) {

    /** How many the script asks for. */
    private static final int MOST = 1000;

    /** Copies the list. */
    public Journal {
        entries = List.copyOf(entries);
    }

    /** Returns whether there may be more, before the oldest one that is known. */
    public boolean mayLackTheOldest() {
        return entries.size() >= MOST;
    }

    /** Returns the messages of that priority or a more urgent one. */
    public Stream<JournalEntry> atLeast(int priority) {
        return entries.stream().filter(entry -> entry.priority() <= priority);
    }

    /**
     * Returns the messages from or about that unit.
     *
     * @param unit its name; {@code .service} may be left out, as with {@code systemctl}
     */
    public Stream<JournalEntry> of(String unit) {
        return entries.stream().filter(entry -> entry.unit().filter(name -> Unit.isMeant(name, unit)).isPresent());
    }
}
