package me.wingu.boma.harness.probe;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What {@code vantage.py} answered.
 *
 * @param vantage the vantage's name
 * @param at when the question was sent
 * @param json the answer; its fields depend on the question
 */
record PythonAnswer(String vantage, Instant at, JsonNode json) {

    PortState state() {
        return PortState.valueOf(json.path("state").asString());
    }

    Trial trial(String what) {
        Duration took = Duration.ofMillis(json.path("tookMs").asLong());
        return new Trial(
                what, vantage, source(), at, json.path("tries").asInt(), took, json.path("seen").asString());
    }

    private Optional<InetAddress> source() {
        return text("source").map(literal -> {
            try {
                return InetAddress.getByName(literal);
            } catch (UnknownHostException impossible) {
                throw new IllegalStateException("Python names its own address", impossible);
            }
        });
    }

    Optional<byte[]> bytes(String field) {
        return text(field).map(Base64.getDecoder()::decode);
    }

    Optional<TlsSession> session() {
        return json.has("tls") ? Optional.of(session(json.path("tls"))) : Optional.empty();
    }

    Optional<HttpResponse> response() {
        if (!json.has("status")) {
            return Optional.empty();
        }
        Map<String, List<String>> headers = new TreeMap<>();
        for (JsonNode header : json.path("headers")) {
            headers.computeIfAbsent(header.path(0).asString(), name -> new ArrayList<>())
                    .add(header.path(1).asString());
        }
        String body = new String(bytes("body").orElseThrow(), StandardCharsets.UTF_8);
        return Optional.of(new HttpResponse(
                json.path("status").asInt(), json.path("reason").asString(), headers, body, session()));
    }

    Optional<SshGreeting> greeting() {
        return text("banner").map(banner -> new SshGreeting(banner, text("hostKey"), text("user")));
    }

    private Optional<String> text(String field) {
        String value = json.path(field).asString("");
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    private static TlsSession session(JsonNode tls) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (JsonNode certificate : tls.path("chain")) {
                byte[] der = Base64.getDecoder().decode(certificate.asString());
                chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
            }
        } catch (CertificateException unreadable) {
            throw new IllegalStateException("Python read this certificate, and Java does not", unreadable);
        }
        return new TlsSession(
                tls.path("protocol").asString(), tls.path("cipherSuite").asString(), chain);
    }
}
