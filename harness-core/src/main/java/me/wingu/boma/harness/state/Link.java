package me.wingu.boma.harness.state;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A network interface.
 *
 * @param name its name
 * @param kind what made it: {@code bridge}, {@code veth}, {@code wireguard}, …; empty for a device
 * @param up whether an operator or a program has brought it up
 * @param carrier whether it is connected
 * @param mtu its largest packet, in bytes
 * @param mac its hardware address; empty when it has none
 * @param master the bridge or bond that it is part of
 * @param settings what its kind wants to know, by {@code ip}'s names: a VLAN's {@code id} and the {@code link} that it lies on, a
 *     bond's {@code mode}, a tunnel's {@code remote}; of counters and timers nothing
 * @param addresses its addresses
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Link(
        String name,
        String kind,
        boolean up,
        boolean carrier,
        int mtu,
        Optional<String> mac,
        Optional<String> master,
        Map<String, String> settings,
        List<Address> addresses) {

    /**
     * An address of an interface.
     *
     * @param address the address
     * @param prefixLength the length of its subnet's prefix, 0 to 128
     * @param scope {@code global}, {@code link}, {@code host} or {@code site}
     * @param dynamic whether it was learnt, by DHCP or router advertisement, and expires
     */
    public record Address(String address, int prefixLength, String scope, boolean dynamic) {

        @Override
        public String toString() {
            return address + "/" + prefixLength;
        }
    }

    /** Copies the collections. */
    public Link {
        settings = Map.copyOf(settings);
        addresses = List.copyOf(addresses);
    }

    /** Returns the interface as a failure message shows it. */
    @Override
    public String toString() {
        return name + (kind.isEmpty() ? "" : " (" + kind + ")") + (up ? " up" : " down") + " " + addresses;
    }
}
