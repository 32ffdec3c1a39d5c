package me.wingu.boma.harness.nftables.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.nftables.BaseChain;
import me.wingu.boma.harness.nftables.Family;

/**
 * The base chains of one hook in the order in which they run.
 *
 * <p>NAT chains run together at one fixed place, −100 before routing and +100 after it, whatever their printed
 * priorities, which order them only among themselves. The order of equal priorities is undefined: kernel 6.18 runs the
 * chain that was registered last first, older ones the opposite.
 */
final class HookChains {

    private static final int CONNTRACK = -200;

    /**
     * A place in the order: one chain, or all NAT chains.
     *
     * @param beforeConntrack whether packets have no connection yet
     */
    record Station(int priority, boolean nat, boolean beforeConntrack, List<CompiledChain> chains) {

        /** Ingress and egress chains see only the packets of their devices; nft 1.0.6 does not list them as JSON. */
        boolean onDevice(Optional<String> device) {
            List<String> devices = base(chains.get(0)).devices();
            return device.isEmpty() || devices.isEmpty() || devices.contains(device.get());
        }
    }

    /**
     * What the listing leaves open.
     *
     * @param lastFirst whether chains of equal priority run in the opposite order of the listing
     * @param early how many of the chains that have the priority of connection tracking run before it
     */
    record Order(boolean lastFirst, int early) {}

    private HookChains() {}

    /** Returns every order to try, that of the listing first: chains of its priority stand on any side of connection tracking. */
    static List<Order> orders(List<CompiledChain> chains) {
        int most = (int) chains.stream().map(HookChains::base).filter(HookChains::besideConntrack).count();
        List<Order> orders = new ArrayList<>(List.of(new Order(false, 0), new Order(true, most)));
        for (int early = 0; most > 1 && early < most; early++) {
            orders.add(new Order(false, early + 1));
            orders.add(new Order(true, early));
        }
        return List.copyOf(orders);
    }

    private static boolean besideConntrack(BaseChain chain) {
        return chain.priority() == CONNTRACK && !chain.type().equals("nat");
    }

    static List<Station> order(List<CompiledChain> chains, Hook hook, List<Family> families, Order order) {
        List<CompiledChain> mine = new ArrayList<>(chains.stream()
                .filter(chain -> families.contains(chain.chain.family()))
                .filter(chain -> base(chain).hook().equals(hook.keyword()))
                .toList());
        if (order.lastFirst()) {
            Collections.reverse(mine);
        }
        mine.sort(Comparator.comparingInt(chain -> base(chain).priority()));
        List<CompiledChain> nat = mine.stream().filter(chain -> base(chain).type().equals("nat")).toList();
        boolean entry = hook == Hook.PREROUTING || hook == Hook.OUTPUT;
        List<Station> stations = new ArrayList<>();
        int beside = 0;
        for (CompiledChain chain : mine) {
            int priority = base(chain).priority();
            if (!nat.contains(chain)) {
                beside += priority == CONNTRACK ? 1 : 0;
                boolean early = priority < CONNTRACK || (priority == CONNTRACK && beside <= order.early()); // as registered
                stations.add(new Station(priority, false, hook == Hook.INGRESS || (entry && early), List.of(chain)));
            }
        }
        if (!nat.isEmpty()) {
            stations.add(order.lastFirst() ? 0 : stations.size(), new Station(entry ? -100 : 100, true, false, nat));
        }
        stations.sort(Comparator.comparingInt(Station::priority));
        return List.copyOf(stations);
    }

    private static BaseChain base(CompiledChain chain) {
        return chain.chain.base().orElseThrow();
    }
}
