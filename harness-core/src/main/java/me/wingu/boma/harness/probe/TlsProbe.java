package me.wingu.boma.harness.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** Shakes hands by TLS and reads what the server presents. */
final class TlsProbe {

    private final Source source;

    TlsProbe(Source source) {
        this.source = source;
    }

    TlsAnswer ask(InetAddress host, int port, String serverName, Patience patience) {
        InetSocketAddress target = new InetSocketAddress(host, port);
        String sni = Targets.isLiteral(serverName) ? "" : serverName;
        Stopwatch watch = new Stopwatch();
        int tries = 0;
        while (true) {
            tries++;
            Optional<TlsSession> session = Optional.empty();
            String seen;
            try (Socket plain = source.connect(target, patience.each());
                    SSLSocket socket = OpenTls.over(plain, host.getHostAddress(), port)) {
                session = Optional.of(handshake(socket, sni, patience));
                seen = "handshake completed";
            } catch (IOException failed) {
                seen = Obstacle.of(failed).seen();
            }
            if (tries == patience.tries() || !seen.equals(Obstacle.SILENCE)) {
                return new TlsAnswer(sni, session, watch.stop(what(target, sni), source.toString(), tries, seen));
            }
        }
    }

    private static TlsSession handshake(SSLSocket socket, String sni, Patience patience) throws IOException {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(sni.isEmpty() ? List.of() : List.of(new SNIHostName(sni)));
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(patience.eachMillis());
        socket.startHandshake();
        return session(socket.getSession());
    }

    static TlsSession session(SSLSession session) throws IOException {
        List<X509Certificate> chain = Stream.of(session.getPeerCertificates())
                .map(X509Certificate.class::cast)
                .toList();
        return new TlsSession(session.getProtocol(), session.getCipherSuite(), chain);
    }

    private static String what(InetSocketAddress target, String sni) {
        return "TLS handshake with " + Targets.text(target) + (sni.isEmpty() ? ", no SNI" : ", SNI " + sni);
    }
}
