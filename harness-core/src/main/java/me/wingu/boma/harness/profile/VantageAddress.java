package me.wingu.boma.harness.profile;

import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Where a vantage probes from. As text, an interface stands behind the address: {@code 100.99.0.7%wt0}.
 *
 * @param address an IPv4 or IPv6 address
 * @param meshInterface the guest's interface to the mesh that the address is a peer's in; empty for an address of the
 *     rehearsal network
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record VantageAddress(String address, Optional<String> meshInterface) {

    private static final char SEPARATOR = '%';

    /**
     * Reads what {@link #toString()} writes.
     *
     * @param text an address, or {@code address%interface}
     */
    public static VantageAddress of(String text) {
        int at = text.indexOf(SEPARATOR);
        return at < 0
                ? new VantageAddress(text, Optional.empty())
                : new VantageAddress(text.substring(0, at), Optional.of(text.substring(at + 1)));
    }

    @Override
    public String toString() {
        return address + meshInterface.map(name -> SEPARATOR + name).orElse("");
    }
}
