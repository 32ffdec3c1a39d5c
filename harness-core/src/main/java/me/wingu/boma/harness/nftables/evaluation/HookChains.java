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

    private HookChains() {}

    static List<Station> order(List<CompiledChain> chains, Hook hook, List<Family> families, boolean lastFirst) {
        List<CompiledChain> mine = new ArrayList<>(chains.stream()
                .filter(chain -> families.contains(chain.chain.family()))
                .filter(chain -> base(chain).hook().equals(hook.keyword()))
                .toList());
        if (lastFirst) {
            Collections.reverse(mine);
        }
        mine.sort(Comparator.comparingInt(chain -> base(chain).priority()));
        List<CompiledChain> nat = mine.stream().filter(chain -> base(chain).type().equals("nat")).toList();
        boolean entry = hook == Hook.PREROUTING || hook == Hook.OUTPUT;
        List<Station> stations = new ArrayList<>();
        for (CompiledChain chain : mine) {
            int priority = base(chain).priority();
            if (!nat.contains(chain)) {
                boolean early = priority < CONNTRACK || (lastFirst && priority == CONNTRACK); // as they were registered
                stations.add(new Station(priority, false, hook == Hook.INGRESS || (entry && early), List.of(chain)));
            }
        }
        if (!nat.isEmpty()) {
            stations.add(lastFirst ? 0 : stations.size(), new Station(entry ? -100 : 100, true, false, nat));
        }
        stations.sort(Comparator.comparingInt(Station::priority));
        return List.copyOf(stations);
    }

    private static BaseChain base(CompiledChain chain) {
        return chain.chain.base().orElseThrow();
    }
}
