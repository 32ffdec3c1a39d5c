package me.wingu.boma.harness.nftables.semantics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import me.wingu.boma.harness.nftables.HostNetwork;

/** Which addresses each route decides about: the longest prefix wins, then the local table, then the lower metric. */
final class RouteMap {

    private final Map<HostNetwork.Route, Values> shares = new LinkedHashMap<>();

    private RouteMap(List<HostNetwork.Route> routes, int bits) {
        Values taken = Values.none();
        List<HostNetwork.Route> ordered = new ArrayList<>(routes);
        ordered.sort(Comparator.comparing((HostNetwork.Route route) -> !route.table().equals("local"))
                .thenComparing(route -> -route.destination().length())
                .thenComparingLong(HostNetwork.Route::metric));
        for (HostNetwork.Route route : ordered) {
            Values own = Values.of(route.destination());
            Values share = own.and(taken.complement(bits), bits);
            if (!share.isEmpty()) {
                shares.put(route, share);
                taken = taken.or(own);
            }
        }
    }

    static RouteMap of(HostNetwork network, boolean v6, Set<String> tables) {
        List<HostNetwork.Route> routes = network.routes().stream()
                .filter(route -> route.destination().first().v6() == v6 && tables.contains(route.table()))
                .toList();
        return new RouteMap(routes, v6 ? 128 : 32);
    }

    /** Returns the addresses whose route is of this type. */
    Values ofType(String type) {
        return union(shares.entrySet().stream().filter(share -> share.getKey().type().equals(type)).toList());
    }

    /** Returns the addresses whose route is of one of the types and leads through this device. */
    Values through(String device, Set<String> types) {
        return union(shares.entrySet().stream()
                .filter(share -> types.contains(share.getKey().type()))
                .filter(share -> share.getKey().device().filter(device::equals).isPresent())
                .toList());
    }

    private static Values union(List<Map.Entry<HostNetwork.Route, Values>> entries) {
        List<Interval> all = new ArrayList<>();
        entries.forEach(entry -> all.addAll(entry.getValue().intervals()));
        return new Values(all);
    }
}
