package me.wingu.boma.harness.assertions;

import static me.wingu.boma.harness.assertions.BomaAssertions.assertThat;
import static me.wingu.boma.harness.assertions.BomaAssertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.probe.Issuance;
import me.wingu.boma.harness.probe.TlsAnswer;
import me.wingu.boma.harness.probe.TlsSession;
import me.wingu.boma.harness.probe.Trial;
import me.wingu.boma.harness.probe.Trust;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The certificates are valid until 2126. */
class TlsAssertTest {

    private static final Trial TRIAL =
            Findings.trial("TLS handshake with 198.51.100.20:443, SNI test.example.org", "TLSv1.3 TLS_AES_256_GCM_SHA384");

    private final TlsAnswer answer = presented("test.example.org");

    @Test
    void should_pass_for_what_was_presented() throws IOException {
        assertThat(answer)
                .isEstablished()
                .isTrustedBy(Trust.in(read("ca.pem")))
                .isNotTrustedBy(Trust.ofThePublic())
                .isIssuedBy(Issuance.PRIVATE)
                .isFor("one.apps.example.org")
                .isValidFor(Duration.ofDays(365));
    }

    @Test
    void should_fail_for_roots_that_the_chain_does_not_lead_to() {
        assertThatThrownBy(() -> assertThat(answer).isTrustedBy(Trust.ofThePublic()))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Expecting the certificate to be trusted but unable to find valid certification "
                        + "path to requested target\n  tried: TLS handshake")
                .hasMessageEndingWith("  seen:  TLSv1.3 TLS_AES_256_GCM_SHA384\n"
                        + "  cert:  issuer:  CN=Host CA\n"
                        + "         names:   [test.example.org, *.apps.example.org]\n"
                        + "         expires: " + answer.session().orElseThrow().expires());
    }

    @Test
    void should_fail_when_the_chain_is_trusted_but_the_name_is_another() throws IOException {
        Trust own = Trust.in(read("ca.pem"));

        assertFails(
                () -> assertThat(presented("other.example.org")).isTrustedBy(own),
                "to be for other.example.org but it is for [test.example.org, *.apps.example.org]");
    }

    @Test
    void should_fail_for_everything_that_was_not_presented() throws IOException {
        Trust own = Trust.in(read("ca.pem"));
        assertFails(() -> assertThat(answer).isNotTrustedBy(own), "not to be trusted but its chain leads to one of");
        assertFails(
                () -> assertThat(answer).isIssuedBy(Issuance.LETS_ENCRYPT_STAGING),
                "to be issued by Let's Encrypt staging but it is issued by a private authority");
        assertFails(() -> assertThat(answer).isFor("a.b.apps.example.org"), "to be for a.b.apps.example.org but");
        assertFails(() -> assertThat(answer).isValidFor(Duration.ofDays(365 * 200)), "but it is valid from");
    }

    @Test
    void should_fail_without_a_handshake() {
        TlsAnswer none = new TlsAnswer("x", Optional.empty(), Findings.trial("TLS handshake", "connection refused"));

        assertFails(() -> assertThat(none).isEstablished(), "Expecting a TLS handshake but there was none");
        assertFails(() -> assertThat(none).isNotTrustedBy(Trust.ofThePublic()), "seen:  connection refused");
    }

    private static void assertFails(ThrowingCallable assertion, String message) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContaining(message);
    }

    private static TlsAnswer presented(String serverName) {
        try (InputStream pem = TlsAssertTest.class.getResourceAsStream("/tls/leaf.pem")) {
            X509Certificate leaf =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
            TlsSession session = new TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384", List.of(leaf));
            return new TlsAnswer(serverName, Optional.of(session), TRIAL);
        } catch (IOException | CertificateException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static String read(String name) throws IOException {
        try (InputStream file = TlsAssertTest.class.getResourceAsStream("/tls/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
