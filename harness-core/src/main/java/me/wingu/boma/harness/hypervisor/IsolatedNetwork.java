package me.wingu.boma.harness.hypervisor;

import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A NAT network of the harness's own: guests reach out through it, nobody reaches in, and each vantage is an address
 * of its bridge, so that a plain socket bound to it reaches a guest from there.
 *
 * @param name libvirt's name of the network; begins with {@code boma-it}
 * @param bridge the name of the bridge, at most 15 characters
 * @param prefix the first three octets of the IPv4 network (always a /24), such as {@code 198.51.100}
 * @param prefix6 the first 64 bits of the IPv6 network, ending in {@code ::}, such as {@code fd00:b03a::}
 * @param vantages the bridge's further addresses, IPv4 and IPv6, inside the two networks
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record IsolatedNetwork(String name, String bridge, String prefix, String prefix6, SortedSet<String> vantages) {

    /**
     * Returns the same network with more vantages.
     *
     * @param more addresses inside the two networks; the bridge's first ones are there already
     */
    public IsolatedNetwork with(Collection<String> more) {
        SortedSet<String> all = new TreeSet<>(vantages);
        all.addAll(more);
        all.removeAll(Set.of(gateway(), gateway6()));
        return new IsolatedNetwork(name, bridge, prefix, prefix6, all);
    }

    /** Returns the bridge's first address, from which the harness itself speaks with its guests. */
    public String gateway() {
        return prefix + ".1";
    }

    /** Returns the bridge's first IPv6 address. */
    public String gateway6() {
        return prefix6 + "1";
    }
}
