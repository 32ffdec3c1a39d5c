package me.wingu.boma.harness.nftables;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/** A failure of the firewall analysis; its message tells what was being read or run, what was seen and what to do. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class NftablesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates a failure.
     *
     * @param message what was being done, what was seen, what to do next
     */
    public NftablesException(String message) {
        this(message, null);
    }

    /**
     * Creates a failure that another one caused.
     *
     * @param message what was being done, what was seen, what to do next
     * @param cause the failure below, or null
     */
    public NftablesException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
