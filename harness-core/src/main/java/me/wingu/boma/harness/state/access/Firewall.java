package me.wingu.boma.harness.state.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.IpPrefix;
import me.wingu.boma.harness.nftables.Ruleset;
import me.wingu.boma.harness.nftables.evaluation.Answer;
import me.wingu.boma.harness.nftables.evaluation.Evaluation;
import me.wingu.boma.harness.nftables.evaluation.Evaluator;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Link;
import me.wingu.boma.harness.state.Network;
import me.wingu.boma.harness.state.Route;
import me.wingu.boma.harness.state.Socket;
import me.wingu.boma.harness.state.Subject;
import me.wingu.boma.harness.state.Sysctls;

/** Sends the operator's first packet through a ruleset. */
final class Firewall {

    private final OperatorPath path;
    private final HostNetwork network;
    private final List<String> destinations;

    Firewall(HostState state, OperatorPath path) {
        this.path = path;
        this.network = network(state);
        this.destinations = path.addresses(state).stream()
                .filter(address -> !address.startsWith("fe80:"))
                .toList();
    }

    /**
     * Returns what keeps the operator's packets from this ruleset's host; none when one address gets in. Without an address
     * that they could be sent to, nothing can be told.
     */
    List<Obstacle> obstacles(Ruleset ruleset, String prefix) {
        if (destinations.isEmpty()) {
            return List.of(new Obstacle(
                    Obstacle.Part.FIREWALL,
                    prefix + "it cannot be told without an address of " + path.device() + " that " + path.source()
                            + " can send to"));
        }
        Evaluator evaluator = new Evaluator(ruleset, network);
        List<Obstacle> obstacles = new ArrayList<>();
        for (String destination : destinations) {
            Packet packet = Packet.tcp(IpAddress.of(path.source()), IpAddress.of(destination), path.port())
                    .withInput(path.device());
            Evaluation evaluation = evaluator.evaluate(packet);
            if (evaluation.accepted() && evaluation.outcome().delivered()) {
                return List.of();
            }
            boolean elsewhere = evaluation.verdict() == Answer.ACCEPT && !evaluation.outcome().delivered();
            obstacles.add(new Obstacle(
                    Obstacle.Part.FIREWALL,
                    prefix + (elsewhere ? "the packet does not arrive at this host\n" : "") + evaluation.explain()));
        }
        return obstacles;
    }

    private static HostNetwork network(HostState state) {
        Network network = state.network();
        List<HostNetwork.Link> links = network.links().stream()
                .map(link -> new HostNetwork.Link(
                        link.name(),
                        0,
                        link.kind().isEmpty() ? "ether" : link.kind(),
                        link.master(),
                        link.addresses().stream()
                                .map(a -> new HostNetwork.InterfaceAddress(IpAddress.of(a.address()), a.prefixLength()))
                                .toList()))
                .toList();
        List<HostNetwork.Route> routes = network.routes().stream()
                .map(route -> new HostNetwork.Route(
                        prefix(route), route.type(), route.device(), route.metric(), route.table()))
                .toList();
        Map<String, String> sysctls =
                state.reading(Subject.SYSCTLS).find().map(Sysctls::values).orElse(Map.of());
        return new HostNetwork(links, routes, List.of(), sysctls);
    }

    private static IpPrefix prefix(Route route) {
        String everything = route.family() == Socket.Family.IPV6 ? "::/0" : "0.0.0.0/0";
        return IpPrefix.of(route.destination().equals("default") ? everything : route.destination());
    }
}
