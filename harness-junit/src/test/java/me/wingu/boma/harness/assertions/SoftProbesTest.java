package me.wingu.boma.harness.assertions;

import static me.wingu.boma.harness.assertions.BomaAssertions.assertThat;
import static me.wingu.boma.harness.assertions.BomaAssertions.tcp;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.wingu.boma.harness.probe.BootWindow;
import me.wingu.boma.harness.probe.DnsAnswer;
import me.wingu.boma.harness.probe.DnsQuestion;
import me.wingu.boma.harness.probe.HttpAnswer;
import me.wingu.boma.harness.probe.HttpQuestion;
import me.wingu.boma.harness.probe.IpVersion;
import me.wingu.boma.harness.probe.Matrix;
import me.wingu.boma.harness.probe.PortHistory;
import me.wingu.boma.harness.probe.PortState;
import me.wingu.boma.harness.probe.Service;
import me.wingu.boma.harness.probe.Spot;
import me.wingu.boma.harness.probe.SshAnswer;
import me.wingu.boma.harness.probe.SshQuestion;
import me.wingu.boma.harness.probe.StunAnswer;
import me.wingu.boma.harness.probe.TlsAnswer;
import me.wingu.boma.harness.probe.TlsOffers;
import me.wingu.boma.harness.probe.TlsVersion;
import me.wingu.boma.harness.probe.Trial;
import org.junit.jupiter.api.Test;

class SoftProbesTest {

    private static final Trial SILENCE = Findings.trial("something", "no answer");

    private final BomaSoftAssertions softly = new BomaSoftAssertions();

    @Test
    void should_collect_the_failures_of_every_kind_of_probe() {
        softly.assertThat(Findings.reach(Service.tcp(22), PortState.OPEN, "")).isClosed().isFiltered().isOpen();
        softly.assertThat(new TlsAnswer("", Optional.empty(), SILENCE)).isEstablished();
        softly.assertThat(new TlsOffers("", Map.of(), SILENCE)).offersNo(TlsVersion.TLS_1_0);
        softly.assertThat(new HttpAnswer(HttpQuestion.get("http://x/"), Optional.empty(), SILENCE)).hasStatus(200);
        softly.assertThat(new StunAnswer(Optional.empty(), SILENCE)).answers();
        softly.assertThat(new DnsAnswer(new DnsQuestion("x", "A"), Optional.empty(), SILENCE)).hasStatus("NOERROR");
        softly.assertThat(new SshAnswer(SshQuestion.banner(), Optional.empty(), SILENCE)).answers();
        softly.assertThat(matrix()).opensExactly("stranger");
        softly.assertThat(bootWindow()).opensWithin(Duration.ofSeconds(1), tcp(22));

        assertThat(softly.errorsCollected())
                .extracting(failure -> failure.getMessage().lines().findFirst().orElseThrow())
                .containsExactly(
                        "Expecting 22/tcp of 198.51.100.20 to be closed but it is open",
                        "Expecting 22/tcp of 198.51.100.20 to be filtered but it is open",
                        "Expecting a TLS handshake but there was none",
                        "Expecting a server that offers TLS but there was none",
                        "Expecting an HTTP answer but none came",
                        "Expecting a STUN binding but there was none",
                        "Expecting a DNS answer but there was none",
                        "Expecting an SSH server but none answered",
                        "Expecting exactly [] to be open from stranger but 1 cell differs:",
                        "Expecting 22/tcp to be open within 1000 ms but it never was");
    }

    private static Matrix matrix() {
        return new Matrix(Map.of(
                new Spot("stranger", IpVersion.IPV4, Service.tcp(22)),
                Findings.reach(Service.tcp(22), PortState.OPEN, "")));
    }

    private static BootWindow bootWindow() {
        return new BootWindow("stranger", Instant.EPOCH, List.of(new PortHistory(Service.tcp(22), List.of())));
    }
}
