package me.wingu.boma.harness.assertions;

import me.wingu.boma.harness.nftables.proof.Traffic;
import me.wingu.boma.harness.probe.Reachable;
import me.wingu.boma.harness.probe.Service;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A port of a host, as tests write it: {@code tcp(443)}, {@code udp(3478)}, {@code ping()}. It can be probed, and asked
 * the prover about.
 *
 * @param service the service behind it
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Door(Service service) implements Reachable, Packets {

    @Override
    public Traffic traffic() {
        return switch (service.protocol()) {
            case TCP -> Traffic.tcp(service.port());
            case UDP -> Traffic.udp(service.port());
            case ICMP -> Traffic.ping();
        };
    }

    /** Returns the door as operators write it: {@code 443/tcp}. */
    @Override
    public String toString() {
        return service.toString();
    }
}
