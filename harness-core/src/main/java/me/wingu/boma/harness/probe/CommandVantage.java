package me.wingu.boma.harness.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import me.wingu.boma.harness.HarnessException;

/** Probes from where a command runs: {@code vantage.py} asks there what a {@link DirectVantage} asks here. */
final class CommandVantage implements Vantage {

    private final String name;
    private final PythonProbe python;

    CommandVantage(String name, String prefix, Commands commands) {
        this.name = name;
        this.python = new PythonProbe(name, prefix, commands);
    }

    @Override
    public String name() {
        return name;
    }

    /** Both: what the place itself lacks, its answers tell. */
    @Override
    public Set<IpVersion> versions() {
        return EnumSet.allOf(IpVersion.class);
    }

    /** Nobody can tell where the command leads to; most often into a namespace of the host. */
    @Override
    public boolean isWithinTheHost() {
        return true;
    }

    @Override
    public Reach reach(InetAddress host, Service service, Patience patience) {
        PythonAnswer answer =
                switch (service.protocol()) {
                    case TCP -> ask("tcp", host, service.port(), Map.of(), patience);
                    case UDP -> datagram(host, service.port(), Payloads.forPort(service.port()), patience);
                    case ICMP -> ask("icmp", host, 0, Map.of(), patience);
                };
        String what =
                switch (service.protocol()) {
                    case TCP -> "TCP connect to " + Targets.text(host, service.port());
                    case UDP -> "UDP datagram to " + Targets.text(host, service.port());
                    case ICMP -> "ping " + Targets.text(host);
                };
        return new Reach(host, service, answer.state(), answer.trial(what));
    }

    @Override
    public DatagramAnswer exchange(InetAddress host, int port, ByteBuffer datagram, Patience patience) {
        PythonAnswer answer = datagram(host, port, datagram, patience);
        return new DatagramAnswer(
                answer.state(),
                answer.bytes("reply").map(ByteBuffer::wrap),
                answer.trial("UDP datagram to " + Targets.text(host, port)));
    }

    @Override
    public TlsAnswer tls(InetAddress host, int port, String serverName, Patience patience) {
        String sni = Targets.sni(serverName);
        PythonAnswer answer = ask("tls", host, port, Map.of("serverName", sni), patience);
        return new TlsAnswer(
                serverName, answer.session(), answer.trial("TLS handshake with " + Targets.text(host, port, sni)));
    }

    /** Python proposes no more than what its OpenSSL was built with, and not even that suite by suite for TLS 1.3. */
    @Override
    public TlsOffers tlsOffers(InetAddress host, int port, String serverName, Patience patience) {
        throw new HarnessException(
                HarnessException.Kind.USAGE,
                "The vantage " + name + " cannot find out which TLS versions and cipher suites "
                        + Targets.text(host, port) + " offers: the Python there is not able to propose old ones.",
                "",
                "ask from a vantage that is an address of this machine, or ask tls(\"" + serverName
                        + "\") for the one version and suite that a handshake settles on");
    }

    @Override
    public HttpAnswer http(InetAddress host, HttpQuestion question, Patience patience) {
        PythonAnswer answer = ask("http", host, question.port(), http(question), patience);
        String target = Targets.text(host, question.port());
        return new HttpAnswer(
                question,
                answer.response(),
                answer.trial(question.method() + " " + question.url() + " at " + target));
    }

    @Override
    public SshAnswer ssh(InetAddress host, SshQuestion question, Patience patience) {
        Optional<SshQuestion.Login> login = question.login();
        PythonAnswer answer = login.isEmpty()
                ? ask("banner", host, question.port(), Map.of(), patience)
                : ask("login", host, question.port(), login(login.get()), patience);
        String what = login.map(who -> "SSH login as " + who.user() + " with key " + who.privateKey() + " at ")
                .orElse("SSH banner of ");
        return new SshAnswer(
                question, answer.greeting(), answer.trial(what + Targets.text(host, question.port())));
    }

    private PythonAnswer datagram(InetAddress host, int port, ByteBuffer datagram, Patience patience) {
        String payload = Base64.getEncoder().encodeToString(Bytes.of(datagram));
        return ask("udp", host, port, Map.of("datagram", payload), patience);
    }

    private static Map<String, Object> http(HttpQuestion question) {
        Map<String, String> headers = new LinkedHashMap<>(Map.of(
                "Host", question.url().getRawAuthority(), "User-Agent", "boma-harness", "Connection", "close"));
        question.headers().forEach((name, value) -> {
            headers.keySet().removeIf(name::equalsIgnoreCase);
            headers.put(name, value);
        });
        String serverName = Targets.isLiteral(question.url().getHost()) ? "" : question.url().getHost();
        return Map.of(
                "method", question.method(), "path", question.target(), "headers", headers,
                "secure", question.isSecure(), "serverName", serverName);
    }

    private static Map<String, Object> login(SshQuestion.Login login) {
        try {
            return Map.of("user", login.user(), "key", Files.readString(login.privateKey()));
        } catch (IOException failed) {
            throw login.unusable(failed);
        }
    }

    private PythonAnswer ask(String what, InetAddress host, int port, Map<String, ?> more, Patience patience) {
        Map<String, Object> question = new LinkedHashMap<>(more);
        question.put("what", what);
        question.put("host", host.getHostAddress());
        question.put("port", port);
        question.put("seconds", patience.eachMillis() / 1_000.0);
        question.put("tries", patience.tries());
        return python.ask(question, patience);
    }
}
