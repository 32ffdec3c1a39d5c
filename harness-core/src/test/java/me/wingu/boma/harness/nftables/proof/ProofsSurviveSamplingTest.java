package me.wingu.boma.harness.nftables.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import me.wingu.boma.harness.nftables.evaluation.Answer;
import me.wingu.boma.harness.nftables.evaluation.Evaluator;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import me.wingu.boma.harness.nftables.semantics.Field;
import org.junit.jupiter.api.Test;

/** What was proved for all packets must hold for ten thousand that were drawn, before the evaluator. */
class ProofsSurviveSamplingTest {

    private static final int PACKETS = 10_000;
    private static final Arrivals WAN = Arrivals.from("eth0").newConnections();

    private final Firewall askari = Askari.firewall(Askari.closedToIpv6Transit());
    private final Evaluator evaluator = new Evaluator(askari.meaning());
    private final List<Packet> packets = new SampledPackets(7).of("eth0", PACKETS);

    @Test
    void should_never_accept_what_was_proved_never_to_be() {
        List<Traffic> forbidden = List.of(Traffic.tcp(23, 81, 444, 3306), Traffic.udp(22, 80, 3479));
        assertThat(askari.prover().neverAccepts(WAN, forbidden).describe()).startsWith("PROVED");

        List<Packet> drawn = packets.stream().filter(to(6, 23, 81, 444, 3306).or(to(17, 22, 80, 3479))).toList();

        assertThat(drawn).hasSizeGreaterThan(1_000).allMatch(packet -> evaluator.verdict(packet) == Answer.DROP);
    }

    @Test
    void should_always_accept_what_was_proved_always_to_be() {
        List<Traffic> wanted = List.of(Traffic.tcp(80, 443), Traffic.udp(3478), Traffic.ping());
        assertThat(askari.prover().alwaysAccepts(WAN, wanted).describe()).startsWith("PROVED");

        List<Packet> drawn =
                packets.stream().filter(to(6, 80, 443).or(to(17, 3478)).or(to(1)).or(to(58))).toList();

        assertThat(drawn).hasSizeGreaterThan(1_000).allMatch(packet -> evaluator.verdict(packet) == Answer.ACCEPT);
    }

    private static Predicate<Packet> to(int protocol, int... ports) {
        return packet -> packet.get(Field.L4PROTO).intValue() == protocol
                && (ports.length == 0
                        || Arrays.stream(ports).anyMatch(port -> port == packet.get(Field.DPORT).intValue()));
    }
}
