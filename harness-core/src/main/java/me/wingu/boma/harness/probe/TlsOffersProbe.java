package me.wingu.boma.harness.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Proposes the cipher suites of one TLS version after the other, all but those that the server has chosen before, until
 * it refuses. That takes a connection for each suite that is offered, and two more for each version.
 *
 * <p>Any fatal alert counts as a refusal, and so does a closed connection: OpenSSL's words for a version that its security
 * level forbids are {@code internal_error}. So that a server which tires of its clients is not taken for one that refuses, it is
 * asked after each refusal for a suite that it agreed to before; the newest version, which most servers offer, comes first.
 */
final class TlsOffersProbe {

    private static final List<TlsVersion> NEWEST_FIRST =
            Stream.of(TlsVersion.values()).sorted(Comparator.reverseOrder()).toList();

    private final Source source;

    TlsOffersProbe(Source source) {
        this.source = source;
    }

    TlsOffers ask(InetAddress host, int port, String serverName, Patience patience) {
        InetSocketAddress target = new InetSocketAddress(host, port);
        String sni = Targets.sni(serverName);
        Tried<Map<TlsVersion, List<String>>> tried = Tried.to(
                "TLS handshakes with " + Targets.text(host, port, sni),
                source,
                patience,
                () -> offered(target, sni, patience),
                offered -> String.join(", ", offered.keySet().stream().map(TlsVersion::toString).toList()));
        return new TlsOffers(serverName, tried.value().orElse(Map.of()), tried.trial());
    }

    private Map<TlsVersion, List<String>> offered(InetSocketAddress target, String sni, Patience patience)
            throws IOException {
        Map<TlsVersion, List<String>> offered = new EnumMap<>(TlsVersion.class);
        Map<TlsVersion, String> refusals = new EnumMap<>(TlsVersion.class);
        Optional<TlsProposal> agreed = Optional.empty();
        for (TlsVersion version : NEWEST_FIRST) {
            List<String> chosen = new ArrayList<>();
            Map<Integer, String> proposed = CipherSuites.of(version);
            try {
                while (!proposed.isEmpty()) {
                    int choice = choice(target, new TlsProposal(version, proposed, sni), patience);
                    String suite = proposed.remove(choice);
                    chosen.add(suite);
                    agreed = agreed.or(() -> Optional.of(new TlsProposal(version, Map.of(choice, suite), sni)));
                }
            } catch (TlsHello.Refusal refusal) {
                refusals.put(version, refusal.getMessage());
                if (agreed.isPresent()) {
                    seeThatItStillAgrees(target, agreed.get(), patience);
                }
            }
            if (!chosen.isEmpty()) {
                offered.put(version, List.copyOf(chosen));
            }
        }
        if (offered.isEmpty()) {
            throw new IOException("agreed to no version; "
                    + refusals.entrySet().stream()
                            .map(refusal -> refusal.getKey() + ": " + refusal.getValue())
                            .collect(Collectors.joining(", ")));
        }
        return offered;
    }

    private void seeThatItStillAgrees(InetSocketAddress target, TlsProposal agreed, Patience patience) throws IOException {
        try {
            choice(target, agreed, patience);
        } catch (TlsHello.Refusal tired) {
            throw new IOException(
                    "agreed to " + agreed.suites().values() + " of " + agreed.version() + ", and later no more: " + tired.getMessage(),
                    tired);
        }
    }

    private int choice(InetSocketAddress target, TlsProposal proposal, Patience patience) throws IOException {
        try (Socket socket = source.connect(target, patience.each())) {
            socket.setSoTimeout(patience.eachMillis());
            return new TlsHello(socket).say(proposal);
        }
    }
}
