package me.wingu.boma.harness.nftables;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** The address family of a table: which packets its chains see. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public enum Family {
    /** IPv4 packets. */
    IP,
    /** IPv6 packets. */
    IP6,
    /** IPv4 and IPv6 packets. */
    INET,
    /** ARP packets. */
    ARP,
    /** Frames that pass a bridge. */
    BRIDGE,
    /** Frames at a device's ingress or egress. */
    NETDEV;

    /** Returns the family with this name as {@code nft} writes it, or empty for a name not known. */
    public static Optional<Family> named(String name) {
        return Arrays.stream(values()).filter(family -> family.keyword().equals(name)).findFirst();
    }

    /** Returns the name as {@code nft} writes it, such as {@code inet}. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
