package me.wingu.boma.harness.probe;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads an SSH server's banner, or logs in by {@link SshLogin}. */
final class SshProbe {

    private static final int LONGEST_LINE = 255;
    private static final int MOST_LINES = 20;

    private final Source source;

    SshProbe(Source source) {
        this.source = source;
    }

    SshAnswer ask(InetAddress host, SshQuestion question, Patience patience) {
        InetSocketAddress target = new InetSocketAddress(host, question.port());
        String what = question.login()
                .map(login -> "SSH login as " + login.user() + " with key " + login.privateKey() + " at ")
                .orElse("SSH banner of ");
        Tried<SshGreeting> tried = Tried.to(
                what + Targets.text(target),
                source,
                patience,
                () -> question.login().isPresent()
                        ? new SshLogin(source, patience).greet(target, question.login().get())
                        : banner(target, patience),
                greeting -> seen(question, greeting));
        return new SshAnswer(question, tried.value(), tried.trial());
    }

    private static String seen(SshQuestion question, SshGreeting greeting) {
        String login = question.login().isEmpty() ? "" : greeting.user().isPresent() ? ", let in" : ", key refused";
        return greeting.banner() + greeting.hostKey().map(key -> ", host key " + key).orElse("") + login;
    }

    private SshGreeting banner(InetSocketAddress target, Patience patience) throws IOException {
        try (Socket socket = source.connect(target, patience.each())) {
            socket.setSoTimeout(patience.eachMillis());
            return new SshGreeting(identification(socket.getInputStream()), Optional.empty(), Optional.empty());
        }
    }

    /** The server may send other lines before the one that identifies it (RFC 4253, section 4.2). */
    private static String identification(InputStream stream) throws IOException {
        for (int lines = 0; lines < MOST_LINES; lines++) {
            String line = line(stream);
            if (line.startsWith("SSH-")) {
                return line;
            }
        }
        throw new ProtocolException("connected, but what answers does not speak SSH");
    }

    private static String line(InputStream stream) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = stream.read();
        while (next != '\n' && line.length() < LONGEST_LINE) {
            if (next < 0) {
                throw new EOFException("connected, then closed by the host before any SSH banner");
            }
            line.append((char) next);
            next = stream.read();
        }
        return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
    }
}
