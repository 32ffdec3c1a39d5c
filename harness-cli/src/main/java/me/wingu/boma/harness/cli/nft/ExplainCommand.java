package me.wingu.boma.harness.cli.nft;

import java.util.Arrays;
import java.util.Optional;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.evaluation.Evaluation;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import me.wingu.boma.harness.nftables.proof.Arrivals;
import me.wingu.boma.harness.nftables.proof.Traffic;
import me.wingu.boma.harness.nftables.proof.TrafficParser;
import me.wingu.boma.harness.nftables.semantics.Field;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what happens to one packet, and why. */
@Command(
        name = "explain",
        description = "Says what happens to one packet, which rule decided, and why the earlier ones did not.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: nft list ruleset | boma-it nft explain --in eth0 --from 203.0.113.77 --to 192.0.2.1 -p 22/tcp"
        })
final class ExplainCommand extends Question {

    @Mixin
    private RulesetInput input;

    @Option(
            names = {"-p", "--packet"},
            required = true,
            paramLabel = "WHAT",
            description = "What the packet is: 22/tcp, 3478/udp, ping, \"icmp type 3\".")
    private String what;

    @Option(names = "--from", required = true, paramLabel = "ADDRESS", description = "Its source.")
    private String from;

    @Option(names = "--to", required = true, paramLabel = "ADDRESS", description = "Its destination.")
    private String to;

    @Option(
            names = "--in",
            paramLabel = "INTERFACE",
            description = "The interface that it comes in through; without one, this host sends it.")
    private Optional<String> in;

    @Option(
            names = "--out",
            paramLabel = "INTERFACE",
            description = "The interface that it leaves through, when the routes are not given.")
    private Optional<String> out;

    @Option(names = "--sport", defaultValue = "40000", paramLabel = "PORT", description = "Its source port.")
    private int sourcePort;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "What connection tracking takes it for: new, established, related, invalid or untracked;"
                    + " when left out, new, and for neighbour discovery and the like untracked.")
    private Optional<String> state;

    @Option(names = "--json", description = "Answer for machines.")
    private boolean json;

    @Override
    int answer() {
        Evaluation evaluation = input.read().evaluate(packet());
        print(json ? Json.text(Json.of(evaluation)) : evaluation.explain());
        return 0;
    }

    private Packet packet() {
        IpAddress source = IpAddress.of(from);
        IpAddress destination = IpAddress.of(to);
        Traffic.Protocol protocol = TrafficParser.parse(what).protocols().stream()
                .filter(each -> !each.name().startsWith("icmp") || each.name().equals(icmp(source)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(what + " and " + from + " do not fit together"));
        Packet packet = packet(protocol, source, destination);
        packet = state.isPresent() ? packet.with(Field.CT_STATE, state(state.get()).bit()) : packet;
        packet = in.isPresent() ? packet.withInput(in.get()) : packet;
        return out.isPresent() ? packet.withOutput(out.get()) : packet;
    }

    private static Arrivals.State state(String word) {
        return Arrays.stream(Arrivals.State.values())
                .filter(each -> each.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "--state " + word + " is unknown: use new, established, related, invalid or untracked"));
    }

    private Packet packet(Traffic.Protocol protocol, IpAddress source, IpAddress destination) {
        return switch (protocol.name()) {
            case "tcp" -> Packet.tcp(source, destination, protocol.low()).with(Field.SPORT, sourcePort);
            case "udp" -> Packet.udp(source, destination, protocol.low()).with(Field.SPORT, sourcePort);
            case "sctp" ->
                Packet.ip(source, destination, 132).with(Field.DPORT, protocol.low()).with(Field.SPORT, sourcePort);
            default -> Packet.icmp(source, destination, protocol.low(), 0);
        };
    }

    private static String icmp(IpAddress source) {
        return source.v6() ? "icmpv6" : "icmp";
    }
}
