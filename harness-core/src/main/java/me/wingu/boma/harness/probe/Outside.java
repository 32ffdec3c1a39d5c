package me.wingu.boma.harness.probe;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import me.wingu.boma.harness.HarnessException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** One host as seen from outside: its addresses, and the named places from which it is probed. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Outside {

    private static final int HTTPS = 443;

    private final List<InetAddress> addresses;
    private final List<Vantage> vantages;
    private final Patience patience;

    /**
     * Creates the view of a host.
     *
     * @param addresses the host's addresses; the first of each family is probed
     * @param vantages the places to probe from
     * @param patience how long a probe tries unless it says otherwise
     */
    public Outside(List<InetAddress> addresses, Collection<? extends Vantage> vantages, Patience patience) {
        this.addresses = List.copyOf(addresses);
        this.vantages = List.copyOf(vantages);
        this.patience = patience;
    }

    /** Asks whether a service can be reached. */
    public Probe<Reach> reach(Reachable target) {
        Service service = target.service();
        return probe((vantage, host, time) -> vantage.reach(host, service, time));
    }

    /** Asks what an HTTPS server on port 443 presents to who asks for a name by SNI. */
    public Probe<TlsAnswer> tls(String serverName) {
        return tls(serverName, HTTPS);
    }

    /** Asks what a TLS server on a TCP port presents to who asks for a name by SNI. */
    public Probe<TlsAnswer> tls(String serverName, int port) {
        return probe((vantage, host, time) -> vantage.tls(host, port, serverName, time));
    }

    /**
     * Asks an HTTP server for a URL; the request goes to this host, whatever the URL's name resolves to.
     *
     * @throws HarnessException when the text is no absolute {@code http} or {@code https} URL
     */
    public Probe<HttpAnswer> http(String url) {
        return http(HttpQuestion.get(url));
    }

    /** Asks an HTTP server; the request goes to this host, whatever the URL's name resolves to. */
    public Probe<HttpAnswer> http(HttpQuestion question) {
        return probe((vantage, host, time) -> vantage.http(host, question, time));
    }

    private <R> Probe<R> probe(Probe.Question<R> question) {
        return new Probe<>(this, question, Family.IPV4, patience);
    }

    /** Returns the vantage of a name. */
    Vantage vantage(String name) {
        return vantages.stream()
                .filter(vantage -> vantage.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new HarnessException(
                        HarnessException.Kind.USAGE,
                        "There is no vantage \"" + name + "\".",
                        "known: " + vantages.stream().map(Vantage::name).toList(),
                        "use one of them, or add it to the host's profile"));
    }

    /** Returns the host's address of a family. */
    InetAddress address(Family family) {
        return addresses.stream()
                .filter(address -> Family.of(address) == family)
                .findFirst()
                .orElseThrow(() -> new HarnessException(
                        HarnessException.Kind.USAGE,
                        "The host cannot be probed over " + family + ": it has no such address.",
                        "its addresses: "
                                + addresses.stream().map(InetAddress::getHostAddress).toList(),
                        "give the guest an " + family + " address, or probe over the other family"));
    }
}
