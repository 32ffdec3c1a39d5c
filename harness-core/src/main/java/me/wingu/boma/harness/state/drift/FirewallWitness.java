package me.wingu.boma.harness.state.drift;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.FirewallListing;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.PublishedPort;
import me.wingu.boma.harness.state.Subject;

/** The packet filter: chains with their policy, rules, elements of sets that packets do not change, and what else has a name. */
final class FirewallWitness implements Witness<FirewallListing> {

    private static final Pattern VETH = Pattern.compile("\\bveth[0-9a-f]+\\b");
    private static final Pattern IPTABLES = Pattern.compile("ip6? (filter|nat|mangle|raw|security)");
    private static final Pattern ENGINES = Pattern.compile("docker|netavark|libvirt|lxc|cni|kube");
    private static final Pattern JUMP = Pattern.compile("\\b(?:jump|goto) ([^\\s,}]+)");
    private static final String LEGACY = " (iptables-legacy)";
    /** An element that time takes away. */
    private static final Pattern ENDS = Pattern.compile(" (timeout|expires) \\d");
    private static final Pattern BAN_RULE = Pattern.compile("\\b(jump|goto) f2b-");
    /** What a container may have given its name for: an address, or the port of the host that leads to it. */
    private static final Pattern OF_A_CONTAINER =
            Pattern.compile("[0-9]+(?:\\.[0-9]+){3}|[0-9a-f]*:[0-9a-f:]*:[0-9a-f:]*[0-9a-f]|dport [0-9]+");

    @Override
    public String name() {
        return "firewall";
    }

    @Override
    public Subject<FirewallListing> subject() {
        return Subject.FIREWALL;
    }

    @Override
    public Set<Subject<?>> explainedBy() {
        return Set.of(Subject.CONTAINERS);
    }

    @Override
    public Stream<Fact> facts(FirewallListing listing, HostState state, HostState other) {
        Map<String, String> names = containerNames(state);
        Set<String> judges = judges(listing);
        Stream<FirewallListing.ListedChain> lasting =
                listing.chains().stream().filter(chain -> !isBan(chain.table(), chain.name()));
        Stream<Fact> chains = lasting.flatMap(chain -> Stream.concat(
                isIdle(chain)
                        ? Stream.empty()
                        : Stream.of(Fact.of("chain " + chain.table() + " " + chain.name(), carrier(chain.table(), chain.name()))
                                .with("", chain.hook())
                                .with("order", order(chain, judges, names, other))),
                rules(chain).map(rule -> Fact.of(
                        "rule in " + chain.table() + " " + chain.name() + ": " + neutral(rule, names),
                        carrier(chain.table(), chain.name())))));
        Stream<FirewallListing.ListedSet> filled =
                listing.sets().stream().filter(set -> !isBan(set.table(), set.name()));
        Stream<Fact> sets = filled.flatMap(set -> Stream.concat(
                Stream.of(Fact.of("set " + set.table() + " " + set.name(), carrier(set.table(), "")).with("", set.definition())),
                set.dynamic() || set.table().contains("sshguard")
                        ? Stream.empty()
                        : set.elements().stream().filter(element -> !ENDS.matcher(element).find()).map(element -> Fact.of(
                                "element of " + set.table() + " " + set.name() + ": " + neutral(element, names),
                                carrier(set.table(), "")))));
        Stream<Fact> objects = listing.objects().stream()
                .map(object -> {
                    String kind = object.name().substring(0, object.name().lastIndexOf(' '));
                    String name = object.name().substring(kind.length() + 1);
                    return Fact.of(kind + " " + object.table() + " " + name, carrier(object.table(), ""))
                            .with("", kind.equals("counter") ? "" : neutral(object.definition(), names));
                });
        return Stream.of(chains, sets, objects).flatMap(facts -> facts);
    }

    /** What fail2ban makes at the first ban, and takes away with the last; whom it guards, its jails say. */
    private static boolean isBan(String table, String name) {
        return table.endsWith(" f2b-table") || name.startsWith("f2b-");
    }

    /** What the kernel makes of iptables-legacy's tables when it loads their module: a chain that lets all pass. */
    private static boolean isIdle(FirewallListing.ListedChain chain) {
        return chain.table().endsWith(LEGACY) && chain.hook().equals("policy ACCEPT");
    }

    /**
     * Tells where the order of the rules that both states have differs first; empty where it does not. Only of chains that
     * judge what is for this host, or that they jump to, and that an administrator writes: engines write theirs in the order of
     * their starts.
     */
    private static String order(
            FirewallListing.ListedChain chain, Set<String> judges, Map<String, String> names, HostState other) {
        if (!judges.contains(chain.table() + " " + chain.name())) {
            return "";
        }
        Optional<FirewallListing.ListedChain> same = other.reading(Subject.FIREWALL).find().stream()
                .flatMap(listing -> listing.chains().stream())
                .filter(each -> each.table().equals(chain.table()) && each.name().equals(chain.name()))
                .findFirst();
        if (same.isEmpty()) {
            return "";
        }
        return Order.firstDifference(neutral(chain, names), neutral(same.get(), containerNames(other)));
    }

    /** Chains on the hook {@code input}, and those that they jump to, by table and name. */
    private static Set<String> judges(FirewallListing listing) {
        List<FirewallListing.ListedChain> own = listing.chains().stream()
                .filter(chain -> !IPTABLES.matcher(chain.table()).matches() && !ENGINES.matcher(chain.table()).find())
                .toList();
        Set<String> judges = new HashSet<>();
        Set<String> found = own.stream()
                .filter(chain -> chain.hook().contains("hook input"))
                .map(chain -> chain.table() + " " + chain.name())
                .collect(Collectors.toSet());
        while (judges.addAll(found)) {
            found = own.stream()
                    .filter(chain -> judges.contains(chain.table() + " " + chain.name()))
                    .flatMap(chain -> chain.rules().stream()
                            .flatMap(rule -> JUMP.matcher(rule).results())
                            .map(jump -> chain.table() + " " + jump.group(1)))
                    .collect(Collectors.toSet());
        }
        return judges;
    }

    private static Stream<String> rules(FirewallListing.ListedChain chain) {
        return chain.rules().stream().filter(rule -> !BAN_RULE.matcher(rule).find());
    }

    private static List<String> neutral(FirewallListing.ListedChain chain, Map<String, String> names) {
        return rules(chain).map(rule -> neutral(rule, names)).distinct().toList();
    }

    /**
     * Containers get their addresses, and the ports that their user left to the engine, in the order in which they start; a rule
     * about one is the rule about its name.
     */
    private static Map<String, String> containerNames(HostState state) {
        Map<String, String> names = new HashMap<>();
        state.reading(Subject.CONTAINERS).find().ifPresent(containers -> containers.all().forEach(container -> {
            container.networks().forEach(network -> Stream.of(network.ipv4(), network.ipv6())
                    .flatMap(Optional::stream)
                    .forEach(address -> names.put(address, "<" + container.name() + ">")));
            container.ports().stream()
                    .filter(PublishedPort::ephemeral)
                    .forEach(port -> names.put("dport " + port.hostPort(), "dport <" + container.name() + ">"));
        }));
        return names;
    }

    private static String neutral(String rule, Map<String, String> names) {
        String text = VETH.matcher(rule).replaceAll("veth");
        return OF_A_CONTAINER.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(names.getOrDefault(match.group(), match.group())));
    }

    private static String carrier(String table, String chain) {
        if (chain.startsWith("DOCKER") || table.contains("docker")) {
            return "dockerd writes it at its start: restart docker.service after what flushes the ruleset";
        }
        if (chain.startsWith("NETAVARK") || table.contains("netavark")) {
            return "Podman writes it when it starts a container";
        }
        if (table.endsWith(LEGACY)) {
            return "it was added by iptables-legacy: write it to /etc/nftables.conf, or save it with netfilter-persistent";
        }
        if (IPTABLES.matcher(table).matches()) {
            return "iptables or Docker wrote it; a rule of your own belongs to /etc/nftables.conf";
        }
        return "it was added by hand: write it to /etc/nftables.conf, and see that nftables.service is enabled";
    }
}
