package me.wingu.boma.harness.probe;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * One cell of a {@link Matrix}: from where, over what, to which service.
 *
 * @param vantage the vantage's name
 * @param version the IP version
 * @param service the service
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Spot(String vantage, IpVersion version, Service service) {

    /** Returns one line: {@code 22/tcp from stranger over IPv4}. */
    @Override
    public String toString() {
        return service + " from " + vantage + " over " + version;
    }
}
