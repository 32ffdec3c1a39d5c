package me.wingu.boma.harness.state.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
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

/** Sends the packets of the operator's connection through a ruleset. */
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
     *
     * @param waits whether somebody waits for what is sent to an address
     */
    List<Obstacle> obstacles(Ruleset ruleset, String prefix, Predicate<String> waits) {
        if (destinations.isEmpty()) {
            return List.of(new Obstacle(
                    Obstacle.Part.FIREWALL,
                    prefix + "it cannot be told without an address of " + path.device() + " that " + path.source()
                            + " can send to"));
        }
        Evaluator evaluator = new Evaluator(ruleset, network);
        List<Obstacle> obstacles = new ArrayList<>();
        List<String> answering = destinations.stream().filter(waits).toList(); // by none, the listener is the obstacle
        for (String destination : answering.isEmpty() ? destinations : answering) {
            Optional<String> closed = closed(evaluator, destination);
            if (closed.isEmpty()) {
                return List.of();
            }
            obstacles.add(new Obstacle(Obstacle.Part.FIREWALL, prefix + closed.get()));
        }
        return obstacles;
    }

    /** Says what keeps a connection to one address from going on: its first packet, those that follow, or the host's answers. */
    private Optional<String> closed(Evaluator evaluator, String destination) {
        Packet first = Packet.tcp(IpAddress.of(path.source()), IpAddress.of(destination), path.port())
                .withInput(path.device());
        Evaluation opening = evaluator.evaluate(first);
        if (!arrives(opening)) {
            return Optional.of(refusal(opening));
        }
        Conversation conversation = new Conversation(opening.outcome().last());
        Evaluation next = evaluator.evaluate(conversation.next());
        if (!arrives(next)) {
            return Optional.of("the first packet gets in, and those that follow do not\n" + refusal(next));
        }
        Evaluation answer = evaluator.evaluate(conversation.answer());
        return answer.accepted()
                ? Optional.empty()
                : Optional.of("packets get in, and the host's answers do not leave\n" + answer.explain());
    }

    private static boolean arrives(Evaluation evaluation) {
        return evaluation.accepted() && evaluation.outcome().delivered();
    }

    private static String refusal(Evaluation evaluation) {
        boolean elsewhere = evaluation.verdict() == Answer.ACCEPT && !evaluation.outcome().delivered();
        return (elsewhere ? "the packet does not arrive at this host\n" : "") + evaluation.explain();
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
