package me.wingu.boma.harness.nftables.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.NftablesException;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import me.wingu.boma.harness.nftables.semantics.Field;

/** Sends some packets of one mode, a canary before and after them, and collects what the kernel shows for each. */
final class Batch {

    static final String TABLE = "boma_oracle";

    private static final int CANARY_BEFORE = 0xfffe;
    private static final int CANARY_AFTER = 0xffff;
    private static final Duration QUIET = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Pattern HEADERS =
            Pattern.compile("ip6? saddr (\\S+) ip6? daddr (\\S+) .*?(?:ip id|ip6 flowlabel) (\\d+)");
    private static final HexFormat HEX = HexFormat.of();

    private final TraceSession session;
    private final CheckNetwork network;
    private final Function<String, Optional<TraceLine>> parser;
    private final Map<Integer, Probe> sent = new HashMap<>();
    private final Map<Integer, List<TraceLine>> shown = new HashMap<>();
    private final Map<String, Integer> current = new HashMap<>();
    private final Map<Integer, String> refused = new HashMap<>();

    /** Returns whether a line tells of our own chain, which starts the trace. */
    static boolean ours(TraceLine line) {
        return line.chain().endsWith(" " + TABLE + " start");
    }

    Batch(TraceSession session, CheckNetwork network, Function<String, Optional<TraceLine>> parser) {
        this.session = session;
        this.network = network;
        this.parser = parser;
    }

    /**
     * Runs the batch.
     *
     * @param probes at most 60,000 packets, all of one mode
     * @throws NftablesException when a canary does not show: what the kernel shows cannot be relied on then
     */
    void run(List<Probe> probes) {
        Probe canary = canary(probes.get(0));
        canary(canary, CANARY_BEFORE);
        for (int i = 0; i < probes.size(); i++) {
            Probe probe = probes.get(i);
            sent.put(i + 1, probe.with(Wire.read(bytes(probe, i + 1), probe.packet())));
        }
        for (boolean following : new boolean[] {false, true}) {
            for (boolean own : new boolean[] {true, false}) {
                send(own, sent.keySet().stream()
                        .filter(number -> number <= probes.size())
                        .filter(number -> sent.get(number).own() == own)
                        .filter(number -> sent.get(number).opener().isPresent() == following)
                        .sorted()
                        .toList());
            }
        }
        canary(canary, CANARY_AFTER);
        drain();
    }

    private void send(boolean own, List<Integer> numbers) {
        List<String> commands = numbers.stream()
                .map(number -> command(sent.get(number), bytes(sent.get(number), number)))
                .toList();
        for (String refusal : session.send(own, commands)) {
            int space = refusal.indexOf(' ');
            refused.put(numbers.get(Integer.parseInt(refusal.substring(0, space))), refusal.substring(space + 1));
        }
    }

    private static byte[] bytes(Probe probe, int tag) {
        return probe.opener()
                .map(Probe::packet)
                .filter(opener -> FollowUp.error(probe.packet(), opener))
                .map(opener -> Wire.message(probe.packet(), tag, opener))
                .orElseGet(() -> Wire.bytes(probe.packet(), tag));
    }

    /** Returns the packet with this number as it was sent. */
    Probe sent(int number) {
        return sent.get(number);
    }

    /** Returns what the kernel showed for it, or empty when it showed nothing. */
    Optional<List<TraceLine>> shown(int number) {
        return Optional.ofNullable(shown.get(number));
    }

    /** Returns why the kernel did not take the packet. */
    Optional<String> refusal(int number) {
        return Optional.ofNullable(refused.get(number));
    }

    private static Probe canary(Probe like) {
        Packet packet = Packet.udp(IpAddress.of("203.0.113.254"), IpAddress.of("192.0.2.254"), 9);
        boolean own = like.mode() == Mode.OUTPUT;
        return new Probe(
                packet, like.mode(), own, own ? "" : CheckNetwork.OWN.get(0), like.output(), Optional.empty());
    }

    /** Packets that another processor handled may show a moment after the canary. */
    private void drain() {
        Optional<String> line = session.next(QUIET);
        while (line.isPresent()) {
            line.flatMap(parser).ifPresent(this::sort);
            line = session.next(QUIET);
        }
    }

    /** The monitor may need a moment before it hears anything: until the canary shows, it is sent again. */
    private void canary(Probe canary, int tag) {
        sent.put(tag, canary);
        List<String> command = List.of(command(canary, Wire.bytes(canary.packet(), tag)));
        List<String> refusals = session.send(canary.own(), command);
        Instant deadline = TraceSession.deadline();
        Instant again = Instant.now().plus(PATIENCE);
        while (!complete(tag)) {
            session.next(Duration.ofMillis(200)).flatMap(parser).ifPresent(this::sort);
            if (Instant.now().isAfter(deadline)) {
                throw new NftablesException("The canary packet sent " + (tag == CANARY_BEFORE ? "before" : "after") + " a batch never showed in the trace"
                        + (refusals.isEmpty() ? "" : " (the kernel refused it: " + refusals + ")")
                        + "; nothing that the trace shows can be relied on.");
            } else if (Instant.now().isAfter(again)) {
                refusals = session.send(canary.own(), command);
                again = Instant.now().plus(PATIENCE);
            }
        }
    }

    /** The policy of our own chain is the first thing that is certain to come, and comes after all earlier packets. */
    private boolean complete(int number) {
        return shown.getOrDefault(number, List.of()).stream()
                .anyMatch(line -> line.kind() == TraceLine.Kind.POLICY && ours(line));
    }

    private void sort(TraceLine line) {
        if (line.kind() == TraceLine.Kind.PACKET && ours(line)) {
            current.remove(line.id());
            number(line.text()).ifPresent(number -> {
                current.put(line.id(), number);
                shown.put(number, new ArrayList<>());
            });
        }
        Integer number = current.get(line.id());
        if (number != null) {
            shown.get(number).add(line);
        }
    }

    /** Our tag says which packet it is; the addresses make sure that it is not one of the kernel's own. */
    private Optional<Integer> number(String headers) {
        Matcher matcher = HEADERS.matcher(headers);
        if (!matcher.find()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(matcher.group(3));
        Probe probe = sent.get(number);
        boolean ours = probe != null
                && IpAddress.parse(matcher.group(1)).filter(probe.packet().source()::equals).isPresent()
                && IpAddress.parse(matcher.group(2)).filter(probe.packet().destination()::equals).isPresent();
        return ours ? Optional.of(number) : Optional.empty();
    }

    private String command(Probe probe, byte[] bytes) {
        String hex = HEX.formatHex(bytes);
        if (probe.own()) {
            return (probe.packet().v6() ? "ip6 " : "ip4 ") + probe.packet().get(Field.MARK) + " " + hex;
        }
        String destination = switch (probe.packet().get(Field.PKTTYPE).intValue()) {
            case 1 -> "ffffffffffff";
            case 2 -> "01005e000001";
            default -> "020000000002";
        };
        String source = String.format("%012x", probe.packet().get(Field.ETHER_SADDR));
        String type = probe.packet().v6() ? "86dd" : "0800";
        return "frame " + network.outerEnd(probe.input()) + " " + destination + source + type + hex;
    }
}
