package me.wingu.boma.harness.hypervisor;

import java.util.List;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The wall around one guest: what the guest may reach.
 *
 * @param name libvirt's name of the filter; that of the guest's domain
 * @param network the network that the guest is on
 * @param egress whether the guest reaches the world
 * @param names whether the guest reaches name servers: the network's own, and the world's as far as there is egress
 * @param neverReach addresses and networks, in CIDR notation or without a length, that the guest never reaches
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record GuestFilter(String name, IsolatedNetwork network, boolean egress, boolean names, List<String> neverReach) {

    /** Copies the list. */
    public GuestFilter {
        neverReach = List.copyOf(neverReach);
    }

    /** Returns the same wall, with or without a way to the world. */
    public GuestFilter withEgress(boolean wanted) {
        return new GuestFilter(name, network, wanted, names, neverReach);
    }

    /** Returns the same wall, with or without name servers. */
    public GuestFilter withNames(boolean wanted) {
        return new GuestFilter(name, network, egress, wanted, neverReach);
    }

    /**
     * Returns the same wall, closed to more addresses and networks.
     *
     * @param ranges in CIDR notation, or without a length
     */
    public GuestFilter withoutReachOf(List<String> ranges) {
        return new GuestFilter(
                name, network, egress, names, Stream.concat(neverReach.stream(), ranges.stream()).distinct().toList());
    }
}
