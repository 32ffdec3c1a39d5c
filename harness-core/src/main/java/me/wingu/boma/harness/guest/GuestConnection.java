package me.wingu.boma.harness.guest;

import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** A shell on one guest that can be lost and found again, as a reboot does it. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public interface GuestConnection extends Shell, AutoCloseable {

    /** Returns where this connection leads. */
    SshEndpoint endpoint();

    /**
     * Tries to log in, once.
     *
     * @return empty when that worked; else what was seen instead, such as {@code Connection refused}
     */
    Optional<String> tryConnect();

    /** Drops the connection, if there is one; the next use makes a new one. */
    void disconnect();

    @Override
    void close();
}
