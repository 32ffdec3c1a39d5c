package me.wingu.boma.harness.state.drift;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.FirewallListing;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Subject;

/** The packet filter: chains with their policy, rules, and elements of sets that packets do not change. */
final class FirewallWitness implements Witness<FirewallListing> {

    private static final Pattern VETH = Pattern.compile("\\bveth[0-9a-f]+\\b");
    private static final Pattern IPTABLES = Pattern.compile("ip6? (filter|nat|mangle|raw|security)");
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]+(?:\\.[0-9]+){3}|[0-9a-f]*:[0-9a-f:]*:[0-9a-f:]*[0-9a-f]");

    @Override
    public String name() {
        return "firewall";
    }

    @Override
    public Subject<FirewallListing> subject() {
        return Subject.FIREWALL;
    }

    @Override
    public Stream<Fact> facts(FirewallListing listing, HostState state, HostState other) {
        Map<String, String> names = containerAddresses(state);
        Stream<Fact> chains = listing.chains().stream().flatMap(chain -> Stream.concat(
                Stream.of(Fact.of("chain " + chain.table() + " " + chain.name(), carrier(chain.table(), chain.name()))
                        .with("", chain.hook())),
                chain.rules().stream().map(rule -> Fact.of(
                        "rule in " + chain.table() + " " + chain.name() + ": " + neutral(rule, names),
                        carrier(chain.table(), chain.name())))));
        Stream<Fact> sets = listing.sets().stream().flatMap(set -> Stream.concat(
                Stream.of(Fact.of("set " + set.table() + " " + set.name(), carrier(set.table(), ""))),
                set.dynamic()
                        ? Stream.empty()
                        : set.elements().stream().map(element -> Fact.of(
                                "element of " + set.table() + " " + set.name() + ": " + neutral(element, names),
                                carrier(set.table(), "")))));
        return Stream.concat(chains, sets);
    }

    /** Containers get their addresses in the order in which they start; a rule about one is the rule about its name. */
    private static Map<String, String> containerAddresses(HostState state) {
        Map<String, String> names = new HashMap<>();
        state.reading(Subject.CONTAINERS).find().ifPresent(containers -> containers.all().forEach(container ->
                container.networks().forEach(network -> Stream.of(network.ipv4(), network.ipv6())
                        .flatMap(Optional::stream)
                        .forEach(address -> names.put(address, "<" + container.name() + ">")))));
        return names;
    }

    private static String neutral(String rule, Map<String, String> names) {
        String text = VETH.matcher(rule).replaceAll("veth");
        return ADDRESS.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(names.getOrDefault(match.group(), match.group())));
    }

    private static String carrier(String table, String chain) {
        if (chain.startsWith("DOCKER") || table.contains("docker")) {
            return "dockerd writes it at its start: restart docker.service after what flushes the ruleset";
        }
        if (chain.startsWith("NETAVARK") || table.contains("netavark")) {
            return "Podman writes it when it starts a container";
        }
        if (IPTABLES.matcher(table).matches()) {
            return "iptables or Docker wrote it; a rule of your own belongs to /etc/nftables.conf";
        }
        return "it was added by hand: write it to /etc/nftables.conf, and see that nftables.service is enabled";
    }
}
