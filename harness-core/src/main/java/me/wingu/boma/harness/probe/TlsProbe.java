package me.wingu.boma.harness.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
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
        String sni = Targets.sni(serverName);
        Tried<TlsSession> tried = Tried.to(
                "TLS handshake with " + Targets.text(host, port, sni),
                source,
                patience,
                () -> handshake(target, sni, patience),
                session -> session.protocol() + " " + session.cipherSuite());
        return new TlsAnswer(serverName, tried.value(), tried.trial());
    }

    private TlsSession handshake(InetSocketAddress target, String sni, Patience patience) throws IOException {
        try (Socket plain = source.connect(target, patience.each());
                SSLSocket socket = OpenTls.over(plain, target)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(sni.isEmpty() ? List.of() : List.of(new SNIHostName(sni)));
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(patience.eachMillis());
            socket.startHandshake();
            return session(socket.getSession());
        }
    }

    static TlsSession session(SSLSession session) throws IOException {
        List<X509Certificate> chain = Stream.of(session.getPeerCertificates())
                .map(X509Certificate.class::cast)
                .toList();
        return new TlsSession(session.getProtocol(), session.getCipherSuite(), chain);
    }
}
