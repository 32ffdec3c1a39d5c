package me.wingu.boma.harness.probe;

import static me.wingu.boma.harness.probe.Namespaces.HOST;
import static me.wingu.boma.harness.probe.Namespaces.HOST_V6;
import static me.wingu.boma.harness.probe.Namespaces.STRANGER;
import static me.wingu.boma.harness.probe.Namespaces.STRANGER_V6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's own servers, asked by sockets of this process and by a command, which must agree. */
@Tag("kernel")
class RealServersIT {

    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(5), 2);
    private static final Patience SHORT = new Patience(Duration.ofMillis(300), 2);

    @TempDir
    private Path directory;

    private Namespaces namespaces;
    private List<Vantage> vantages;

    @BeforeEach
    void layTheCable() throws Exception {
        namespaces = new Namespaces();
        vantages = List.of(
                Vantage.at("socket", List.of(STRANGER, STRANGER_V6)),
                Vantage.through("command", String.join(" ", namespaces.outsidePrefix()), RealServersIT::shell));
    }

    @AfterEach
    void removeTheCable() throws Exception {
        namespaces.close();
    }

    @Test
    void should_agree_on_what_is_open_closed_and_filtered() throws Exception {
        try (ServerSocket open = namespaces.inHost(() -> new ServerSocket(80))) {
            assertThat(open.isBound()).isTrue();
            namespaces.firewall("table inet f { chain i { type filter hook input priority 0; "
                    + "meta l4proto { tcp, udp } th dport 22 drop; tcp dport 23 reject with icmpx admin-prohibited; }; }");
            for (Vantage vantage : vantages) {
                for (InetAddress host : List.of(HOST, HOST_V6)) {
                    assertThat(vantage.reach(host, Service.ping(), SHORT).state()).isEqualTo(PortState.OPEN);
                    assertThat(vantage.reach(host, Service.tcp(80), SHORT).state()).isEqualTo(PortState.OPEN);
                    assertThat(vantage.reach(host, Service.tcp(81), SHORT).state()).isEqualTo(PortState.CLOSED);
                    Reach silent = vantage.reach(host, Service.tcp(22), SHORT);
                    assertThat(silent.state()).isEqualTo(PortState.FILTERED);
                    assertThat(silent.trial().seen()).isEqualTo("no answer");
                    assertThat(silent.trial().tries()).isEqualTo(2);
                    assertThat(vantage.reach(host, Service.tcp(23), PATIENCE).trial().seen()).contains("prohibited");
                    assertThat(vantage.reach(host, Service.udp(22), SHORT).state())
                            .isEqualTo(PortState.OPEN_OR_FILTERED);
                    assertThat(vantage.reach(host, Service.udp(24), SHORT).state()).isEqualTo(PortState.CLOSED);
                }
                assertThat(vantage.reach(HOST, Service.tcp(80), SHORT).trial().from())
                        .isEqualTo(vantage.name() + " (198.51.100.7)");
            }
        }
    }

    @Test
    void should_agree_on_tls_and_http() throws Exception {
        TestAuthority authority = new TestAuthority(directory.resolve("keys.p12"), "CN=Host CA");
        HttpsServer server = namespaces.inHost(() -> HttpsServer.create(new InetSocketAddress(443), 0));
        server.setHttpsConfigurator(new HttpsConfigurator(authority.server("dns:test.invalid")));
        server.createContext("/", exchange -> {
            byte[] host = exchange.getRequestHeaders().getFirst("Host").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("X-Path", exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(418, host.length);
            exchange.getResponseBody().write(host);
            exchange.close();
        });
        namespaces.inHost(() -> {
            server.start();
            return true;
        });
        try {
            for (Vantage vantage : vantages) {
                TlsSession session =
                        vantage.tls(HOST, 443, "test.invalid", PATIENCE).session().orElseThrow();
                assertThat(session.protocol()).isEqualTo("TLSv1.3");
                assertThat(session.names()).containsExactly("test.invalid");
                assertThat(session.chain()).hasSize(2);
                assertThat(Trust.in(authority.root()).accepts(session.chain())).isTrue();

                HttpResponse response = vantage.http(HOST_V6, HttpQuestion.get("https://test.invalid/a?b=c"), PATIENCE)
                        .response()
                        .orElseThrow();
                assertThat(response.status()).isEqualTo(418);
                assertThat(response.header("X-Path")).contains("/a?b=c");
                assertThat(response.body()).isEqualTo("test.invalid");
                assertThat(response.tls().orElseThrow().issuer()).isEqualTo("CN=Host CA");
                assertThat(vantage.http(HOST, HttpQuestion.get("http://test.invalid/"), PATIENCE)
                                .trial()
                                .seen())
                        .isEqualTo("connection refused");
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void should_log_in_to_openssh() throws Exception {
        assumeThat(Path.of("/usr/sbin/sshd")).as("Debian's openssh-server").exists();
        Path hostKey = key("host");
        Path userKey = key("user");
        Path strayKey = key("stray");
        Path authorized = Files.copy(Path.of(userKey + ".pub"), directory.resolve("authorized"));
        Files.createDirectories(Path.of("/run/sshd"));
        namespaces.daemon(
                "/usr/sbin/sshd", "-D", "-f", "/dev/null", "-h", hostKey.toString(), "-o", "UsePAM=no", "-o",
                "StrictModes=no", "-o", "PidFile=none", "-o", "AuthorizedKeysFile=" + authorized, "-o",
                "PasswordAuthentication=no", "-o", "KbdInteractiveAuthentication=no");
        awaitOpen(Service.tcp(22));
        String fingerprint = output("ssh-keygen", "-l", "-f", hostKey.toString()).split(" ", -1)[1];

        for (Vantage vantage : vantages) {
            SshGreeting banner =
                    vantage.ssh(HOST, SshQuestion.banner(), PATIENCE).greeting().orElseThrow();
            assertThat(banner.banner()).startsWith("SSH-2.0-OpenSSH_");

            SshAnswer in = vantage.ssh(HOST, SshQuestion.login("root", userKey), PATIENCE);
            assertThat(in.greeting().orElseThrow().user()).as(in.trial().describe()).contains("root");
            assertThat(in.greeting().orElseThrow().hostKey()).contains(fingerprint);
            assertThat(in.greeting().orElseThrow().banner()).isEqualTo(banner.banner());

            SshAnswer out = vantage.ssh(HOST, SshQuestion.login("root", strayKey), PATIENCE);
            assertThat(out.greeting().orElseThrow().user()).isEmpty();
            assertThat(out.trial().seen()).endsWith(", key refused");
        }
    }

    @Test
    void should_bind_by_coturn() throws Exception {
        assumeThat(Path.of("/usr/bin/turnserver")).as("Debian's coturn").exists();
        namespaces.daemon(
                "turnserver", "-n", "--stun-only", "--no-auth", "--no-tls", "--no-dtls", "--no-cli", "-p", "3478", "-L",
                "198.51.100.20", "-L", "2001:db8::20", "--pidfile", directory.resolve("pid").toString(), "--log-file",
                "stdout", "--userdb", directory.resolve("users").toString());
        awaitOpen(Service.udp(3478));

        for (Vantage vantage : vantages) {
            for (InetAddress host : List.of(HOST, HOST_V6)) {
                StunAnswer answer = StunAnswer.ask(vantage, host, 3478, PATIENCE);
                assertThat(answer.binding()).as(answer.trial().describe()).isPresent();
                assertThat(answer.binding().orElseThrow().mapped().getAddress())
                        .isEqualTo(host.equals(HOST) ? STRANGER : STRANGER_V6);
            }
        }
    }

    @Test
    void should_ask_dnsmasq() throws Exception {
        namespaces.daemon(
                "dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--pid-file=",
                "--user=root", "--address=/host.test/198.51.100.5", "--local=/test/", "--txt-record=text.test,hello");
        awaitOpen(Service.udp(53));

        for (Vantage vantage : vantages) {
            assertThat(dns(vantage, "host.test", "A")).isEqualTo(new DnsReply("NOERROR", List.of("198.51.100.5"), false));
            assertThat(dns(vantage, "text.test.", "TXT").records()).containsExactly("hello");
            assertThat(dns(vantage, "nobody.test", "A").status()).isEqualTo("NXDOMAIN");
            DnsAnswer none = DnsAnswer.ask(vantage, HOST, 54, new DnsQuestion("host.test", "A"), SHORT);
            assertThat(none.reply()).isEmpty();
            assertThat(none.trial().what()).isEqualTo("DNS query for host.test A to 198.51.100.20:54");
            assertThat(none.trial().seen()).isEqualTo("ICMP port unreachable");
        }
    }

    private static DnsReply dns(Vantage vantage, String name, String type) {
        return DnsAnswer.ask(vantage, HOST, 53, new DnsQuestion(name, type), PATIENCE)
                .reply()
                .orElseThrow();
    }

    private void awaitOpen(Service service) {
        Callable<Boolean> open = () -> vantages.get(0).reach(HOST, service, SHORT).state() == PortState.OPEN;
        Awaitility.await().pollInSameThread().atMost(Duration.ofSeconds(20)).until(open);
    }

    private Path key(String name) throws IOException {
        Path key = directory.resolve(name);
        output("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString());
        return key;
    }

    private static String shell(String script, Duration deadline) {
        try {
            Process shell = new ProcessBuilder("sh").redirectError(ProcessBuilder.Redirect.INHERIT).start();
            try (var input = shell.outputWriter(StandardCharsets.UTF_8)) {
                input.write(script);
            }
            return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String output(String... command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
