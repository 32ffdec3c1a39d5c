package me.wingu.boma.harness.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import me.wingu.boma.harness.HarnessException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsProbeTest {

    private static TestAuthority authority;

    @BeforeAll
    static void foundAnAuthority(@TempDir Path directory) throws Exception {
        authority = new TestAuthority(directory.resolve("keys.p12"), "CN=Host CA,O=Example");
    }

    @Test
    void should_read_protocol_names_issuer_and_expiry() throws Exception {
        TlsSession session = present(
                authority.server("dns:test.example.org,dns:*.apps.example.org,ip:127.0.0.1"), "test.example.org");

        assertThat(session.protocol()).isEqualTo("TLSv1.3");
        assertThat(session.cipherSuite()).startsWith("TLS_");
        assertThat(session.issuer()).isEqualTo("CN=Host CA,O=Example");
        assertThat(session.names()).containsExactly("test.example.org", "*.apps.example.org", "127.0.0.1");
        assertThat(session.chain()).hasSize(2);
        assertThat(session.isFor("test.example.org")).isTrue();
        assertThat(session.isFor("one.apps.example.org")).isTrue();
        assertThat(session.isFor("a.b.apps.example.org")).isFalse();
        assertThat(session.isFor("127.0.0.1")).isTrue();
        Instant now = Instant.now();
        assertThat(session.isValidAt(now)).isTrue();
        assertThat(session.isValidAt(now.plus(Duration.ofDays(31)))).isFalse();
        assertThat(session.isValidAt(now.minus(Duration.ofDays(1)))).isFalse();
    }

    @Test
    void should_take_no_common_name_and_no_part_of_a_label_for_a_name() throws Exception {
        TlsSession named = present(authority.server("dns:server.example.org"), "server.example.org");
        TlsSession unnamed = present(authority.serverCalled("CN=test.example.org"), "test.example.org");

        assertThat(named.isFor("server")).isFalse();
        assertThat(named.isFor("SERVER.example.org.")).isTrue();
        assertThat(unnamed.names()).isEmpty();
        assertThat(unnamed.isFor("test.example.org")).isFalse();
    }

    @Test
    void should_remember_the_address_that_was_asked_for() throws Exception {
        TlsAnswer answer = answer(authority.server("dns:test.example.org"), "127.0.0.1");

        assertThat(answer.serverName()).isEqualTo("127.0.0.1");
        assertThat(answer.trial().what()).endsWith("no SNI");
        assertThat(answer.session().orElseThrow().isFor("127.0.0.1")).isFalse();
    }

    @Test
    void should_judge_the_chain_by_the_given_roots_only() throws Exception {
        TlsSession session = present(authority.server("dns:test.example.org"), "test.example.org");

        assertThat(session.issuance()).isEqualTo(Issuance.PRIVATE);
        assertThat(Trust.in(authority.root()).accepts(session.chain())).isTrue();
        assertThat(Trust.ofThePublic().objection(session.chain()).orElseThrow())
                .contains("unable to find valid certification path");
        assertThatThrownBy(() -> Trust.in("no certificate"))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("PEM");
    }

    @Test
    void should_not_trust_an_expired_certificate() throws Exception {
        TlsSession session = present(authority.expiredServer("dns:test.example.org"), "test.example.org");

        assertThat(session.isValidAt(Instant.now())).isFalse();
        assertThat(Trust.in(authority.root()).objection(session.chain()).orElse("trusted"))
                .contains("validity check failed");
        assertThat(Trust.in(authority.root()).leadsFrom(session.chain())).isTrue();
        assertThat(Trust.ofThePublic().leadsFrom(session.chain())).isFalse();
    }

    @Test
    void should_know_let_s_encrypt_staging_by_its_name(@TempDir Path directory) throws Exception {
        // The staging environment's intermediates are called "(STAGING) …" in both CN and O.
        TestAuthority staging = new TestAuthority(
                directory.resolve("keys.p12"), "CN=(STAGING) Wannabe Watercress R11,O=(STAGING) Let's Encrypt");

        assertThat(present(staging.server("dns:a.example.org"), "").issuance())
                .isEqualTo(Issuance.LETS_ENCRYPT_STAGING);
    }

    @Test
    void should_know_a_self_signed_certificate() throws Exception {
        TlsSession session = present(authority.selfSignedServer(), "");

        assertThat(session.issuance()).isEqualTo(Issuance.SELF_SIGNED);
        assertThat(session.names()).isEmpty();
    }

    @Test
    void should_know_a_public_authority_by_the_roots_of_the_jdk() throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init((KeyStore) null);
        X509Certificate[] roots = ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers();

        // No server of a public authority is within reach of a unit test; a root leads to itself.
        assertThat(roots).anyMatch(root -> Trust.ofThePublic().accepts(List.of(root)));
    }

    @Test
    void should_say_why_there_was_no_handshake() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, Loopback.V4)) {
            TlsAnswer answer =
                    Loopback.STRANGER.tls(Loopback.V4, silent.getLocalPort(), "a.example.org", Loopback.PATIENCE);
            assertThat(answer.session()).isEmpty();
            assertThat(answer.trial().seen()).isEqualTo("no answer");
            assertThat(answer.trial().tries()).isEqualTo(2);
        }
        int closed = Loopback.closedPort();
        TlsAnswer refused = Loopback.STRANGER.tls(Loopback.V4, closed, "a.example.org", Loopback.PATIENCE);
        assertThat(refused.trial().seen()).isEqualTo("connection refused");
        assertThat(refused.trial().what()).isEqualTo("TLS handshake with 127.0.0.1:" + closed + ", SNI a.example.org");
    }

    private static TlsSession present(SSLContext context, String serverName) throws Exception {
        TlsAnswer answer = answer(context, serverName);
        return answer.session().orElseThrow(() -> new AssertionError(answer.trial().describe()));
    }

    private static TlsAnswer answer(SSLContext context, String serverName) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(Loopback.V4, 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.start();
        try {
            int port = server.getAddress().getPort();
            return Loopback.STRANGER.tls(Loopback.V4, port, serverName, Patience.DEFAULT);
        } finally {
            server.stop(0);
        }
    }
}
