package me.wingu.boma.harness.state.drift;

import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Link;
import me.wingu.boma.harness.state.Network;
import me.wingu.boma.harness.state.Subject;

/** Interfaces and their addresses, without virtual Ethernet pairs and libvirt's ends of its guests' wires. */
final class InterfaceWitness implements Witness<Network> {

    private static final Pattern WIRE = Pattern.compile("vnet\\d+");

    @Override
    public String name() {
        return "interfaces";
    }

    @Override
    public Subject<Network> subject() {
        return Subject.NETWORK;
    }

    @Override
    public Stream<Fact> facts(Network network, HostState state, HostState other) {
        return network.links().stream()
                .filter(link -> !link.kind().equals("veth") && !(link.kind().equals("tun") && WIRE.matcher(link.name()).matches()))
                .flatMap(link -> Stream.concat(Stream.of(interfaceItself(link)), addresses(link)));
    }

    private static Fact interfaceItself(Link link) {
        return Fact.of(link.name(), carrier(link))
                .with("kind", link.kind())
                .with("state", link.up() ? "up" : "down")
                .with("MTU", String.valueOf(link.mtu()))
                .with("master", link.master().orElse("none"))
                .with("settings", new TreeMap<>(link.settings()).toString());
    }

    /** Link-local and advertised IPv6 addresses come from the hardware address and the router, in their own time. */
    private static Stream<Fact> addresses(Link link) {
        return link.addresses().stream()
                .filter(address -> !address.address().contains(":")
                        || !(address.dynamic() || address.scope().equals("link")))
                .map(address -> Fact.of("address " + address + " on " + link.name(), carrier(link)));
    }

    private static String carrier(Link link) {
        return switch (link.kind()) {
            case "wireguard" -> "wg-quick@" + link.name() + ".service with /etc/wireguard/" + link.name()
                    + ".conf, or the mesh agent's unit";
            case "bridge" -> "the container engine or libvirt makes it; one of your own belongs to"
                    + " /etc/network/interfaces or /etc/systemd/network";
            default -> "/etc/network/interfaces, /etc/netplan or /etc/systemd/network";
        };
    }
}
