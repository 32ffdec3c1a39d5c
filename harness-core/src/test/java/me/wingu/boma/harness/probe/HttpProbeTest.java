package me.wingu.boma.harness.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import me.wingu.boma.harness.HarnessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpProbeTest {

    @Test
    void should_send_the_url_s_name_as_host_to_the_pinned_address() throws Exception {
        HttpAnswer answer = ask("http", "/path?q=1", "");

        HttpResponse response = answer.response().orElseThrow();
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("X-Host").orElseThrow()).startsWith("test.invalid:");
        assertThat(response.header("content-type")).contains("text/plain; charset=utf-8");
        assertThat(response.body()).isEqualTo("GET /path?q=1 – hello");
        assertThat(response.tls()).isEmpty();
        assertThat(answer.trial().seen()).isEqualTo("200 OK");
        assertThat(answer.trial().what()).startsWith("GET http://test.invalid:").contains(" at 127.0.0.1:");
    }

    @Test
    void should_let_the_host_header_be_chosen() throws Exception {
        HttpAnswer answer = ask("http", "/", "other.invalid");

        assertThat(answer.response().orElseThrow().header("x-host")).contains("other.invalid");
    }

    @Test
    void should_keep_the_session_of_https(@TempDir Path directory) throws Exception {
        TestAuthority authority = new TestAuthority(directory.resolve("keys.p12"), "CN=Host CA");
        HttpsServer server = HttpsServer.create(new InetSocketAddress(Loopback.V4, 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(authority.server("dns:test.invalid")));

        HttpAnswer answer = ask(server, "https", "/", "");

        TlsSession session = answer.response().flatMap(HttpResponse::tls).orElseThrow();
        assertThat(session.names()).containsExactly("test.invalid");
        assertThat(Trust.in(authority.root()).accepts(session.chain())).isTrue();
    }

    @Test
    void should_not_follow_redirects() throws Exception {
        HttpAnswer answer = ask("http", "/redirect", "");

        assertThat(answer.response().orElseThrow().status()).isEqualTo(308);
        assertThat(answer.response().orElseThrow().header("Location")).contains("https://test.invalid/");
    }

    @Test
    void should_keep_only_the_beginning_of_a_long_body() throws Exception {
        HttpAnswer answer = ask("http", "/long", "");

        assertThat(answer.response().orElseThrow().body()).hasSize(HttpResponse.BODY_LIMIT);
    }

    @Test
    void should_not_wait_for_the_end_of_an_answer_that_has_none() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(Loopback.V4, 0), 0);
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write('.');
                exchange.getResponseBody().flush();
                sleep();
            }
        });
        server.start();
        try {
            HttpQuestion question = HttpQuestion.get("http://test.invalid:" + server.getAddress().getPort() + "/endless");
            HttpAnswer answer = Loopback.STRANGER.http(Loopback.V4, question, new Patience(Duration.ofMillis(500), 1));

            assertThat(answer.response()).isEmpty();
            assertThat(answer.trial().seen()).isEqualTo("the answer was not complete within 1000 ms");
        } finally {
            server.stop(0);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void should_say_why_there_is_no_answer() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, Loopback.V4)) {
            HttpQuestion question = HttpQuestion.get("http://test.invalid:" + silent.getLocalPort() + "/");
            HttpAnswer answer = Loopback.STRANGER.http(Loopback.V4, question, Loopback.PATIENCE);
            assertThat(answer.response()).isEmpty();
            assertThat(answer.trial().seen()).isEqualTo("no answer");
            assertThat(answer.trial().tries()).isEqualTo(2);
        }
        HttpQuestion question = HttpQuestion.get("http://test.invalid:" + Loopback.closedPort() + "/");
        HttpAnswer refused = Loopback.STRANGER.http(Loopback.V4, question, Loopback.PATIENCE);
        assertThat(refused.trial().seen()).isEqualTo("connection refused");
        assertThat(refused.trial().tries()).isEqualTo(1);
    }

    @Test
    void should_refuse_what_is_no_http_url() {
        for (String url : new String[] {"test.invalid", "ftp://test.invalid/", "http:///x", "http://a b/"}) {
            assertThatThrownBy(() -> HttpQuestion.get(url))
                    .as(url)
                    .isInstanceOf(HarnessException.class)
                    .hasMessageContaining("\"" + url + "\" cannot be asked over HTTP")
                    .hasMessageContaining("absolute URL");
        }
        assertThat(HttpQuestion.get("https://a/").port()).isEqualTo(443);
        assertThat(HttpQuestion.get("HTTP://a/").port()).isEqualTo(80);
    }

    private static HttpAnswer ask(String scheme, String path, String hostHeader) throws IOException {
        return ask(HttpServer.create(new InetSocketAddress(Loopback.V4, 0), 0), scheme, path, hostHeader);
    }

    private static HttpAnswer ask(HttpServer server, String scheme, String path, String hostHeader) {
        server.createContext("/", HttpProbeTest::answer);
        server.start();
        try {
            HttpQuestion question =
                    HttpQuestion.get(scheme + "://test.invalid:" + server.getAddress().getPort() + path);
            HttpQuestion asked = hostHeader.isEmpty() ? question : question.withHeader("Host", hostHeader);
            return Loopback.STRANGER.http(Loopback.V4, asked, Patience.DEFAULT);
        } finally {
            server.stop(0);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String uri = exchange.getRequestURI().toString();
        exchange.getResponseHeaders().set("X-Host", exchange.getRequestHeaders().getFirst("Host"));
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        if (uri.equals("/redirect")) {
            exchange.getResponseHeaders().set("Location", "https://test.invalid/");
            exchange.sendResponseHeaders(308, -1);
            return;
        }
        String text = uri.equals("/long") ? "x".repeat(1_000_000) : exchange.getRequestMethod() + " " + uri + " – hello";
        // Length 0 means chunked.
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(text.getBytes(UTF_8));
        exchange.close();
    }
}
