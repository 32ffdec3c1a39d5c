package me.wingu.boma.harness.nftables.proof;

import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.IpPrefix;
import me.wingu.boma.harness.nftables.semantics.Condition;
import me.wingu.boma.harness.nftables.semantics.Field;
import me.wingu.boma.harness.nftables.semantics.Values;

/** The words of a question as conditions. */
final class Terms {

    private static final String LOOPBACK = "lo";
    private static final IpPrefix LOOPBACKS = IpPrefix.of("127.0.0.0/8");
    private static final IpPrefix LINK_LOCAL = IpPrefix.of("fe80::/10");

    private final HostNetwork network;
    private final Predicate<String> named;

    /**
     * Prepares for one host.
     *
     * @param network the host
     * @param named whether a rule names an interface; one that is not there yet may come
     */
    Terms(HostNetwork network, Predicate<String> named) {
        this.network = network;
        this.named = named;
    }

    /**
     * Returns the interfaces that a question means.
     *
     * @throws IllegalArgumentException when the host is known to have no such interface, and no rule names it
     */
    Set<String> interfaces(Collection<String> words) {
        Set<String> names = new TreeSet<>();
        for (String word : words) {
            if (word.isBlank()) {
                throw new IllegalArgumentException("The name of an interface is empty");
            }
            boolean known = network.link(word).isPresent() || named.test(word);
            if (word.equals("wan") && !known) {
                names.addAll(uplinks());
            } else if (network.links().isEmpty() || network.link(word).isPresent() || word.equals(LOOPBACK)) {
                names.add(word);
            } else if (named.test(word)) {
                names.add(word);
            } else {
                throw new IllegalArgumentException("The host has no interface \"" + word + "\"; it has "
                        + String.join(", ", network.links().stream().map(HostNetwork.Link::name).toList()));
            }
        }
        return names;
    }

    private List<String> uplinks() {
        List<String> found = network.routes().stream()
                .filter(route -> route.destination().length() == 0 && route.type().equals(HostNetwork.Route.UNICAST))
                .flatMap(route -> route.device().stream())
                .distinct()
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "\"wan\" means the interface with the default route, and the host has none: name the interface");
        }
        return found;
    }

    /** Returns the condition that a packet is one of the arrivals, but for its connection state. */
    Condition arriving(Arrivals arrivals) {
        Condition interfaces = arrivals.interfaces().isEmpty()
                ? Condition.not(Interfaces.in(List.of(LOOPBACK, "")))
                : Interfaces.in(interfaces(arrivals.interfaces()));
        return Condition.all(interfaces, sources(arrivals.sources()), Condition.not(fromOurselves(arrivals)));
    }

    /** The kernel drops packets from outside that claim to come from an address of its own. */
    private Condition fromOurselves(Arrivals arrivals) {
        if (arrivals.interfaces().contains(LOOPBACK)) {
            return Condition.never();
        }
        return Condition.any(addresses(Set.of()).stream()
                .map(address -> sources(List.of(IpPrefix.of(address))))
                .toList());
    }

    /**
     * Returns the condition that a packet is for the host, as a client beyond the interfaces of the arrivals would
     * address it: by an address of those interfaces, or by any of the host's when that is not known. Nobody beyond an
     * interface asks for an address of the loopback network.
     */
    Condition toThisHost(Arrivals arrivals) {
        Set<String> through = interfaces(arrivals.interfaces());
        List<IpAddress> own = addresses(through);
        List<IpAddress> addresses = own.isEmpty() ? addresses(Set.of()) : own;
        if (addresses.isEmpty()) {
            return through.contains(LOOPBACK) ? Condition.always() : Condition.not(version(2, Field.IP_DADDR, LOOPBACKS));
        }
        return Condition.any(addresses.stream().map(Terms::to).toList());
    }

    private List<IpAddress> addresses(Set<String> names) {
        return network.links().stream()
                .filter(link -> names.isEmpty() ? !link.name().equals(LOOPBACK) : names.contains(link.name()))
                .flatMap(link -> link.addresses().stream())
                .map(HostNetwork.InterfaceAddress::address)
                .filter(address -> !LINK_LOCAL.contains(address))
                .toList();
    }

    /** Returns the condition that a packet is this traffic. */
    Condition traffic(Traffic traffic) {
        Condition interfaces = traffic.interfaces().isEmpty()
                ? Condition.always()
                : Interfaces.in(interfaces(traffic.interfaces()));
        List<Condition> protocols =
                traffic.protocols().stream().map(Terms::protocol).toList();
        return Condition.all(Condition.any(protocols), interfaces, sources(traffic.sources()));
    }

    /** Returns the condition that a packet goes to this address. */
    static Condition to(IpAddress destination) {
        IpPrefix alone = IpPrefix.of(destination);
        return destination.v6() ? version(10, Field.IP6_DADDR, alone) : version(2, Field.IP_DADDR, alone);
    }

    private static Condition protocol(Traffic.Protocol protocol) {
        return switch (protocol.name()) {
            case "tcp" -> ports(6, protocol);
            case "udp" -> ports(17, protocol);
            case "sctp" -> ports(132, protocol);
            case "icmp" -> messages(2, 1, protocol);
            default -> messages(10, 58, protocol);
        };
    }

    private static Condition ports(int number, Traffic.Protocol protocol) {
        return Condition.all(
                Condition.is(Field.L4PROTO, number),
                Condition.test(Field.DPORT, between(protocol.low(), protocol.high())));
    }

    /** The message type is the upper byte of the first transport word. */
    private static Condition messages(int version, int number, Traffic.Protocol protocol) {
        return Condition.all(
                Condition.is(Field.NFPROTO, version),
                Condition.is(Field.L4PROTO, number),
                Condition.test(Field.SPORT, between(protocol.low() << 8, protocol.high() << 8 | 255)));
    }

    private static Condition sources(List<IpPrefix> sources) {
        if (sources.isEmpty()) {
            return Condition.always();
        }
        return Condition.any(sources.stream()
                .map(source -> source.first().v6()
                        ? version(10, Field.IP6_SADDR, source)
                        : version(2, Field.IP_SADDR, source))
                .toList());
    }

    private static Condition version(int nfproto, Field address, IpPrefix prefix) {
        return Condition.all(Condition.is(Field.NFPROTO, nfproto), Condition.test(address, Values.of(prefix)));
    }

    private static Values between(int low, int high) {
        return Values.between(BigInteger.valueOf(low), BigInteger.valueOf(high));
    }
}
