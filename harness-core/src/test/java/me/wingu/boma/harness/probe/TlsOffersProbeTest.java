package me.wingu.boma.harness.probe;

import static me.wingu.boma.harness.probe.TlsVersion.TLS_1_0;
import static me.wingu.boma.harness.probe.TlsVersion.TLS_1_1;
import static me.wingu.boma.harness.probe.TlsVersion.TLS_1_2;
import static me.wingu.boma.harness.probe.TlsVersion.TLS_1_3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import me.wingu.boma.harness.HarnessException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsOffersProbeTest {

    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(5), 2);

    private static SSLContext context;

    @TempDir
    private Path directory;

    @BeforeAll
    static void foundAnAuthority(@TempDir Path directory) throws Exception {
        context = new TestAuthority(directory.resolve("keys.p12"), "CN=Host CA").server("dns:test.example.org");
    }

    @Test
    void should_find_the_versions_and_suites_of_the_jdk() throws Exception {
        SSLParameters expected = context.getDefaultSSLParameters();

        TlsOffers offers = offersOf(expected);

        assertThat(offers.offered()).containsOnlyKeys(TLS_1_2, TLS_1_3);
        assertThat(offers.offered().get(TLS_1_3))
                .containsExactlyInAnyOrder(
                        "TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256");
        assertThat(offers.offered().get(TLS_1_2))
                .containsExactlyInAnyOrder(Stream.of(expected.getCipherSuites())
                        .filter(suite -> suite.startsWith("TLS_ECDHE_ECDSA_"))
                        .toArray(String[]::new));
        assertThat(offers.trial().seen()).isEqualTo("TLS 1.2, TLS 1.3");
        assertThat(offers.trial().tries()).isEqualTo(1);
    }

    @Test
    void should_find_the_one_suite_of_the_one_version() throws Exception {
        SSLParameters only = new SSLParameters(
                new String[] {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"}, new String[] {"TLSv1.2"});

        assertThat(offersOf(only).offered())
                .isEqualTo(Map.of(TLS_1_2, List.of("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")));
    }

    @Test
    void should_find_what_the_jdk_itself_refuses() throws Exception {
        TlsOffers offers = offersOfOpenssl("-cipher", "ALL:COMPLEMENTOFALL:@SECLEVEL=0");

        assertThat(offers.offered()).as(offers.trial().describe()).containsOnlyKeys(TlsVersion.values());
        assertThat(offers.offered().get(TLS_1_0))
                .contains("TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_NULL_SHA", "TLS_ECDH_anon_WITH_AES_256_CBC_SHA");
        assertThat(offers.offered().get(TLS_1_1)).isEqualTo(offers.offered().get(TLS_1_0));
        assertThat(offers.offered().get(TLS_1_2)).contains("TLS_RSA_WITH_NULL_SHA256", "TLS_DHE_RSA_WITH_AES_256_CCM_8");
    }

    @Test
    void should_take_an_older_version_for_no_offer_of_a_newer_one() throws Exception {
        TlsOffers offers = offersOfOpenssl("-tls1", "-cipher", "AES128-SHA:@SECLEVEL=0");

        assertThat(offers.offered()).isEqualTo(Map.of(TLS_1_0, List.of("TLS_RSA_WITH_AES_128_CBC_SHA")));
    }

    @Test
    void should_take_any_alert_for_a_refusal() throws Exception {
        // What forbids the old versions here is the security level of 2, and the alert is internal_error.
        TlsOffers offers = offersOfOpenssl("-cipher", "DEFAULT:@SECLEVEL=2");

        assertThat(offers.offered()).as(offers.trial().describe()).containsOnlyKeys(TLS_1_2, TLS_1_3);
    }

    @Test
    void should_tell_how_every_version_was_refused() throws Exception {
        TlsOffers closing = offersOf(Socket::close);
        TlsOffers alerting = offersOf(client -> {
            client.getInputStream().read(new byte[1024]);
            client.getOutputStream().write(new byte[] {21, 3, 1, 0, 2, 2, 80});
            client.close();
        });

        assertThat(closing.offered()).isEmpty();
        assertThat(closing.trial().seen())
                .isEqualTo("agreed to no version; TLS 1.0: closed by the host, TLS 1.1: closed by the host, "
                        + "TLS 1.2: closed by the host, TLS 1.3: closed by the host");
        assertThat(alerting.offered()).isEmpty();
        assertThat(alerting.trial().seen()).startsWith("agreed to no version; TLS 1.0: alert internal_error(80), ");
    }

    @Test
    void should_not_take_a_server_that_tires_of_its_clients_for_one_that_refuses() throws Exception {
        HttpsServer server = server(context.getDefaultSSLParameters());
        AtomicInteger clients = new AtomicInteger();
        try {
            TlsOffers offers = offersOf(client -> {
                if (clients.incrementAndGet() > 6) {
                    client.close();
                } else {
                    Socket behind = new Socket(Loopback.V4, server.getAddress().getPort());
                    new Thread(() -> pass(client, behind)).start();
                    new Thread(() -> pass(behind, client)).start();
                }
            });

            assertThat(offers.offered()).isEmpty();
            assertThat(offers.trial().seen())
                    .matches("agreed to \\[TLS_\\w+] of TLS 1\\.3, and later no more: closed by the host");
        } finally {
            server.stop(0);
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException oneOfThemHasGone) {
            // and takes the other with it
        }
    }

    @Test
    void should_tell_a_server_without_tls() throws Exception {
        TlsOffers offers = offersOf(client -> {
            client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            client.getInputStream().readAllBytes();
            client.close();
        });

        assertThat(offers.offered()).isEmpty();
        assertThat(offers.trial().seen()).isEqualTo("connected, but what answers does not speak TLS");
    }

    @Test
    void should_say_why_nothing_could_be_told() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, Loopback.V4)) {
            TlsOffers offers = ask(silent.getLocalPort(), Loopback.PATIENCE);
            assertThat(offers.offered()).isEmpty();
            assertThat(offers.trial().seen()).isEqualTo("no answer");
            assertThat(offers.trial().tries()).isEqualTo(2);
        }
        int closed = Loopback.closedPort();
        Trial refused = ask(closed, PATIENCE).trial();
        assertThat(refused.seen()).isEqualTo("connection refused");
        assertThat(refused.what()).isEqualTo("TLS handshakes with 127.0.0.1:" + closed + ", SNI test.example.org");
    }

    @Test
    void should_refuse_to_ask_by_python() {
        Vantage guest = Vantage.through("guest", "", (script, deadline) -> "");

        assertThatThrownBy(() -> guest.tlsOffers(Loopback.V4, 443, "test.example.org", PATIENCE))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("The vantage guest cannot find out which TLS versions and cipher suites 127.0.0.1:443")
                .hasMessageContaining("tls(\"test.example.org\")");
    }

    private static TlsOffers ask(int port, Patience patience) {
        return Loopback.STRANGER.tlsOffers(Loopback.V4, port, "test.example.org", patience);
    }

    private static TlsOffers offersOf(SSLParameters parameters) throws IOException {
        HttpsServer server = server(parameters);
        try {
            return ask(server.getAddress().getPort(), PATIENCE);
        } finally {
            server.stop(0);
        }
    }

    private static HttpsServer server(SSLParameters parameters) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(Loopback.V4, 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters connection) {
                connection.setSSLParameters(parameters);
            }
        });
        server.start();
        return server;
    }

    /** Debian's own server of OpenSSL, with a certificate for RSA. */
    private TlsOffers offersOfOpenssl(String... options) throws Exception {
        assumeThat(Path.of("/usr/bin/openssl")).as("Debian's openssl").exists();
        String key = directory.resolve("key.pem").toString();
        String certificate = directory.resolve("certificate.pem").toString();
        start("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=test", "-keyout", key, "-out", certificate)
                .waitFor();
        int port = Loopback.closedPort();
        Process server = start(Stream.concat(
                        Stream.of("s_server", "-quiet", "-accept", "127.0.0.1:" + port, "-key", key, "-cert", certificate),
                        Stream.of(options))
                .toArray(String[]::new));
        try {
            Awaitility.await().until(() -> Loopback.STRANGER
                            .reach(Loopback.V4, Service.tcp(port), Loopback.PATIENCE)
                            .state()
                    == PortState.OPEN);
            return ask(port, PATIENCE);
        } finally {
            server.destroy();
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = Stream.concat(Stream.of("openssl"), Stream.of(arguments)).toList();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    /** What a server does to each of its clients. */
    @FunctionalInterface
    private interface Treatment {

        void of(Socket client) throws IOException;
    }

    private static TlsOffers offersOf(Treatment treatment) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, Loopback.V4)) {
            new Thread(() -> serve(server, treatment)).start();
            return ask(server.getLocalPort(), PATIENCE);
        }
    }

    private static void serve(ServerSocket server, Treatment treatment) {
        try {
            while (true) {
                treatment.of(server.accept());
            }
        } catch (IOException theTestIsOver) {
            // nobody is left to be treated
        }
    }
}
