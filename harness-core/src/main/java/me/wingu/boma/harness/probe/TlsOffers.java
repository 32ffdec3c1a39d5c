package me.wingu.boma.harness.probe;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The TLS versions and cipher suites that a server agrees to.
 *
 * @param serverName the name or address asked for; an address is not sent as SNI (RFC 6066), and an empty one asks for none
 * @param offered the cipher suites of each version that the server agrees to, by their IANA names, in the order in which the server
 *     chose them; empty when it agreed to nothing or nothing could be told: the trial says why
 * @param trial how it was found out
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record TlsOffers(String serverName, Map<TlsVersion, List<String>> offered, Trial trial) {

    /** Creates the offers; keeps a copy of what is offered, the oldest version first. */
    public TlsOffers {
        offered = Collections.unmodifiableMap(new TreeMap<>(offered));
    }
}
