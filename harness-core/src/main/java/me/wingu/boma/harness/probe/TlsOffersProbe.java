package me.wingu.boma.harness.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Proposes the cipher suites of one TLS version after the other, all but those that the server has chosen before, until
 * it refuses. That takes a connection for each suite that is offered, and one more for each version.
 *
 * <p>Any fatal alert counts as a refusal, and so does a closed connection: OpenSSL's words for a version that its security
 * level forbids are {@code internal_error}.
 */
final class TlsOffersProbe {

    private final Source source;

    TlsOffersProbe(Source source) {
        this.source = source;
    }

    TlsOffers ask(InetAddress host, int port, String serverName, Patience patience) {
        InetSocketAddress target = new InetSocketAddress(host, port);
        String sni = Targets.isLiteral(serverName) ? "" : serverName;
        Tried<Map<TlsVersion, List<String>>> tried = Tried.to(
                "TLS handshakes with " + Targets.text(target) + (sni.isEmpty() ? ", no SNI" : ", SNI " + sni),
                source,
                patience,
                () -> offered(target, sni, patience),
                offered -> String.join(", ", offered.keySet().stream().map(TlsVersion::toString).toList()));
        return new TlsOffers(serverName, tried.value().orElse(Map.of()), tried.trial());
    }

    private Map<TlsVersion, List<String>> offered(InetSocketAddress target, String sni, Patience patience)
            throws IOException {
        Map<TlsVersion, List<String>> offered = new EnumMap<>(TlsVersion.class);
        List<String> refusals = new ArrayList<>();
        for (TlsVersion version : TlsVersion.values()) {
            List<String> chosen = new ArrayList<>();
            Map<Integer, String> proposed = CipherSuites.of(version);
            try {
                while (!proposed.isEmpty()) {
                    String choice = choice(target, new TlsProposal(version, proposed, sni), patience);
                    chosen.add(choice);
                    proposed.values().remove(choice);
                }
            } catch (TlsHello.Refusal refusal) {
                refusals.add(version + ": " + refusal.getMessage());
            }
            if (!chosen.isEmpty()) {
                offered.put(version, List.copyOf(chosen));
            }
        }
        if (offered.isEmpty()) {
            throw new IOException("agreed to no version; " + String.join(", ", refusals));
        }
        return offered;
    }

    private String choice(InetSocketAddress target, TlsProposal proposal, Patience patience) throws IOException {
        try (Socket socket = source.connect(target, patience.each())) {
            socket.setSoTimeout(patience.eachMillis());
            return new TlsHello(socket).say(proposal);
        }
    }
}
