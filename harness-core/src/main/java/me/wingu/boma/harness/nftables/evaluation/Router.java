package me.wingu.boma.harness.nftables.evaluation;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.IpAddress;

/** Asks the host's routes where an address leads. */
final class Router {

    private static final Set<String> TABLES = Set.of("local", "main", "default");

    private final HostNetwork network;

    Router(HostNetwork network) {
        this.network = network;
    }

    boolean known() {
        return network.known();
    }

    /** Returns the best route: the local table first, then the longest prefix, then the lowest metric. */
    Optional<HostNetwork.Route> route(IpAddress destination) {
        return network.routes().stream()
                .filter(route -> TABLES.contains(route.table()) && route.destination().contains(destination))
                .min(Comparator.comparing((HostNetwork.Route route) -> !route.table().equals("local"))
                        .thenComparing(route -> -route.destination().length())
                        .thenComparingLong(HostNetwork.Route::metric));
    }

    /** Returns whether the host takes packets to this address itself. */
    boolean local(IpAddress destination) {
        return route(destination).filter(route -> !route.type().equals("unicast")).isPresent()
                || HostNetwork.FOR_MANY.stream().anyMatch(prefix -> prefix.contains(destination))
                || network.links().stream()
                        .flatMap(link -> link.addresses().stream())
                        .anyMatch(each -> each.address().equals(destination));
    }

    /** Returns whether the kernel forwards packets to this address at all. */
    boolean routable(IpAddress destination) {
        return HostNetwork.NEVER_ROUTED.stream().noneMatch(prefix -> prefix.contains(destination));
    }

    /** Returns whether the way depends on more than the destination. */
    boolean byPolicy(boolean v6) {
        return network.routedByPolicy(v6);
    }

    /** Returns whether packets that come in there may be frames that only pass a bridge, and yet are filtered. */
    boolean bridges(Optional<String> input) {
        return input.filter(network.filteredBridges()::contains).isPresent();
    }

    /** Returns whether the host forwards, as far as its parameters are known. */
    boolean forwards(boolean v6) {
        String sysctl = v6 ? "net.ipv6.conf.all.forwarding" : "net.ipv4.ip_forward";
        return !network.sysctls().containsKey(sysctl) || network.enabled(sysctl);
    }
}
