package me.wingu.boma.harness.nftables.semantics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import me.wingu.boma.harness.nftables.HostNetwork;

/** Which addresses each route decides about; several that stand together decide about the same. */
final class RouteMap {

    private final Map<HostNetwork.Route, Values> shares = new LinkedHashMap<>();

    private RouteMap(List<List<HostNetwork.Route>> ranks, int bits) {
        Values taken = Values.none();
        for (List<HostNetwork.Route> rank : ranks) {
            Values own = Values.of(rank.get(0).destination());
            Values share = own.and(taken.complement(bits), bits);
            if (!share.isEmpty()) {
                rank.forEach(route -> shares.put(route, share));
                taken = taken.or(own);
            }
        }
    }

    static RouteMap of(HostNetwork network, boolean v6, List<String> tables) {
        return new RouteMap(network.ranks(v6, tables), v6 ? 128 : 32);
    }

    /** Returns the addresses that each route decides about. */
    Map<HostNetwork.Route, Values> shares() {
        return Collections.unmodifiableMap(shares);
    }

    /** Returns whether each route to another host tells the device that it leads through. */
    boolean tellsDevices() {
        return shares.keySet().stream()
                .noneMatch(route -> route.type().equals(HostNetwork.Route.UNICAST) && route.device().isEmpty());
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
