package me.wingu.boma.harness.cli.nft;

import java.util.Arrays;
import java.util.List;
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

    private static final int LAST_PORT = 65_535;

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
        IpAddress source = address("--from", from);
        IpAddress destination = address("--to", to);
        if (source.v6() != destination.v6()) {
            throw new IllegalArgumentException("--from " + from + " and --to " + to + " are of two versions of IP");
        }
        if (sourcePort < 0 || sourcePort > LAST_PORT) {
            throw new IllegalArgumentException("--sport " + sourcePort + " is no port: use 0 to " + LAST_PORT);
        }
        Packet packet = packet(protocol(source), source, destination);
        packet = state.isPresent() ? packet.with(Field.CT_STATE, state(state.get()).bit()) : packet;
        packet = in.isPresent() ? packet.withInput(in.get()) : packet;
        return out.isPresent() ? packet.withOutput(out.get()) : packet;
    }

    /** The one protocol with the one port or type that was asked for, of the packet's version of IP. */
    private Traffic.Protocol protocol(IpAddress source) {
        Traffic traffic = TrafficParser.parse(what);
        List<Traffic.Protocol> fitting = traffic.protocols().stream()
                .filter(each -> !each.name().startsWith("icmp") || each.name().equals(icmp(source)))
                .toList();
        if (fitting.isEmpty()) {
            throw new IllegalArgumentException(what + " and " + from + " do not fit together");
        }
        Traffic.Protocol first = fitting.get(0);
        boolean one = fitting.size() == 1 && first.low() == first.high();
        if (!one || !traffic.sources().isEmpty() || !traffic.interfaces().isEmpty()) {
            throw new IllegalArgumentException("-p \"" + what + "\" is more than one packet: name one port or type, such as 22/tcp,"
                    + " and say by --from and --in where it comes from");
        }
        return first;
    }

    private static IpAddress address(String option, String text) {
        return IpAddress.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(option + " " + text + " is no IP address"));
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
