package me.wingu.boma.harness.guest;

import java.time.Duration;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** A shell on one guest that can be lost and found again, as a reboot does it. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public interface GuestConnection extends Shell, AutoCloseable {

    /** Returns where this connection leads. */
    SshEndpoint endpoint();

    /** Does of a login whatever can be done before the guest is there; nothing is sent. */
    default void prepare() {}

    /**
     * Tries to log in, once.
     *
     * @return empty when that worked; else what was seen instead, such as {@code Connection refused}
     */
    Optional<String> tryConnect();

    /**
     * Runs a script if the guest answers: for a guest that may be going down or coming up this very moment.
     *
     * @param script what to run, see {@link #run}
     * @param deadline how long it may take
     * @return what it said; empty when no login worked, or the guest went away before the end
     */
    default Optional<CommandResult> tryRun(String script, Duration deadline) {
        if (tryConnect().isPresent()) {
            return Optional.empty();
        }
        try {
            return Optional.of(run(script, deadline));
        } catch (HarnessException e) {
            disconnect();
            return Optional.empty();
        }
    }

    /** Drops the connection, if there is one; the next use makes a new one. */
    void disconnect();

    @Override
    void close();
}
