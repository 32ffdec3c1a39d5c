package me.wingu.boma.harness.state.drift;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Link;
import me.wingu.boma.harness.state.Network;
import me.wingu.boma.harness.state.Route;
import me.wingu.boma.harness.state.Subject;

/** Routes that someone chose, and routing rules; what the kernel derives from addresses is left out. */
final class RouteWitness implements Witness<Network> {

    /** Those that the kernel has from the start: local, main and default. */
    private static final Set<Integer> OWN_RULES = Set.of(0, 32766, 32767);

    private static final Set<String> DERIVED = Set.of("local", "broadcast", "multicast", "anycast");

    @Override
    public String name() {
        return "routes";
    }

    @Override
    public Subject<Network> subject() {
        return Subject.NETWORK;
    }

    @Override
    public Stream<Fact> facts(Network network, HostState state, HostState other) {
        Set<String> pairs = network.links().stream()
                .filter(link -> link.kind().equals("veth"))
                .map(Link::name)
                .collect(Collectors.toSet());
        Stream<Fact> routes = network.routes().stream()
                .filter(route -> !isDerived(route))
                .filter(route -> !route.destination().startsWith("fe80:") && !route.protocol().equals("ra"))
                .filter(route -> route.device().filter(pairs::contains).isEmpty())
                .map(route -> Fact.of(route.toString(), carrier(route)));
        Stream<Fact> rules = network.rules().stream()
                .map(rule -> Fact.of(
                        "rule " + rule.family() + " " + rule,
                        rule.selector().equals("from all") && OWN_RULES.contains(rule.priority())
                                ? "the kernel makes it at each boot: what takes it away belongs to a unit"
                                : "it was added by hand: /etc/network/interfaces or /etc/systemd/network"));
        return Stream.concat(routes, rules);
    }

    /** A local route may also be somebody's choice: for a transparent proxy, or for a range that this host answers for. */
    private static boolean isDerived(Route route) {
        return route.protocol().equals("kernel") && (DERIVED.contains(route.type()) || route.table().equals("local"));
    }

    private static String carrier(Route route) {
        return switch (route.protocol()) {
            case "boot" -> "it was added by hand (ip route): write it to /etc/network/interfaces or"
                    + " /etc/systemd/network";
            case "dhcp" -> "the DHCP server gave it";
            case "kernel" -> "it comes with the address of " + route.device().orElse("its interface");
            default -> "protocol " + route.protocol() + " made it";
        };
    }
}
