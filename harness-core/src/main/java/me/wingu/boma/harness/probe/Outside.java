package me.wingu.boma.harness.probe;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import me.wingu.boma.harness.HarnessException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** One host as seen from outside: its addresses, and the named places from which it is probed. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Outside {

    private static final int DNS = 53;
    private static final int HTTPS = 443;
    private static final int STUN = 3478;

    private final Addresses addresses;
    private final List<Vantage> vantages;
    private final Patience patience;

    /**
     * Creates the view of a host.
     *
     * @param addresses the host's addresses; the first of each IP version is probed
     * @param vantages the places to probe from
     * @param patience how long a probe tries unless it says otherwise
     */
    public Outside(List<InetAddress> addresses, Collection<? extends Vantage> vantages, Patience patience) {
        this(firstOf(List.copyOf(addresses)), vantages, patience);
    }

    /**
     * Creates the view of a host whose addresses are looked up when they are needed.
     *
     * @param addresses finds the host's addresses
     * @param vantages the places to probe from
     * @param patience how long a probe tries unless it says otherwise
     */
    public Outside(Addresses addresses, Collection<? extends Vantage> vantages, Patience patience) {
        this.addresses = addresses;
        this.vantages = List.copyOf(vantages);
        this.patience = patience;
    }

    /** Where a host is found. */
    @FunctionalInterface
    public interface Addresses {

        /** Returns the host's address of an IP version; empty when it has none. */
        Optional<InetAddress> of(IpVersion version);
    }

    private static Addresses firstOf(List<InetAddress> addresses) {
        return version -> addresses.stream()
                .filter(address -> IpVersion.of(address) == version)
                .findFirst();
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

    /** Asks which TLS versions and cipher suites an HTTPS server on port 443 agrees to when it is asked for a name by SNI. */
    public Probe<TlsOffers> tlsOffers(String serverName) {
        return tlsOffers(serverName, HTTPS);
    }

    /** Asks which TLS versions and cipher suites a server on a TCP port agrees to when it is asked for a name by SNI. */
    public Probe<TlsOffers> tlsOffers(String serverName, int port) {
        return probe((vantage, host, time) -> vantage.tlsOffers(host, port, serverName, time));
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

    /** Asks a STUN server on UDP port 3478 for the address that it sees. */
    public Probe<StunAnswer> stun() {
        return stun(STUN);
    }

    /** Asks a STUN server on a UDP port for the address that it sees. */
    public Probe<StunAnswer> stun(int port) {
        return probe((vantage, host, time) -> StunAnswer.ask(vantage, host, port, time));
    }

    /**
     * Asks the DNS server on UDP port 53.
     *
     * @param name the domain name
     * @param type the record type, such as {@code A}
     * @throws HarnessException when the name or the type is not one of the DNS
     */
    public Probe<DnsAnswer> dns(String name, String type) {
        return dns(new DnsQuestion(name, type), DNS);
    }

    /** Asks a DNS server on a UDP port. */
    public Probe<DnsAnswer> dns(DnsQuestion question, int port) {
        return probe((vantage, host, time) -> DnsAnswer.ask(vantage, host, port, question, time));
    }

    /** Asks an SSH server. */
    public Probe<SshAnswer> ssh(SshQuestion question) {
        return probe((vantage, host, time) -> vantage.ssh(host, question, time));
    }

    /**
     * Asks which of several services can be reached, from every vantage over IPv4 unless told otherwise.
     *
     * @throws HarnessException when there is no service
     */
    public MatrixProbe matrix(Reachable... targets) {
        return new MatrixProbe(this, services(targets), vantages, patience);
    }

    /** Starts to watch services over a reboot, at the default pace. */
    public Probe<BootWatch> watch(Reachable... targets) {
        return watch(Pace.DEFAULT, targets);
    }

    /**
     * Starts to watch services over a reboot.
     *
     * @throws HarnessException when there is no service
     */
    public Probe<BootWatch> watch(Pace pace, Reachable... targets) {
        List<Service> services = services(targets);
        return probe((vantage, host, time) -> BootWatch.start(vantage, host, services, pace));
    }

    /**
     * Starts to watch services over a reboot, from every vantage and over every IP version that both sides have.
     *
     * @throws HarnessException when there is no service
     */
    public Lookout lookout(Reachable... targets) {
        return Lookout.prepare(vantages, this, services(targets), Pace.DEFAULT);
    }

    private static List<Service> services(Reachable... targets) {
        if (targets.length == 0) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE, "Probing no service at all shows nothing.", "", "name a service");
        }
        return Arrays.stream(targets).map(Reachable::service).distinct().toList();
    }

    private <R> Probe<R> probe(Probe.Question<R> question) {
        return new Probe<>(this, question, IpVersion.IPV4, patience);
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

    /** Returns the IP versions that the host has an address of. */
    public Set<IpVersion> versions() {
        return Arrays.stream(IpVersion.values())
                .filter(version -> find(version).isPresent())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the names of the vantages. */
    public List<String> vantages() {
        return vantages.stream().map(Vantage::name).toList();
    }

    /** Returns the host's address of an IP version; empty when it has none. */
    Optional<InetAddress> find(IpVersion version) {
        return addresses.of(version);
    }

    /** Returns the host's address of an IP version. */
    InetAddress address(IpVersion version) {
        return find(version)
                .orElseThrow(() -> new HarnessException(
                        HarnessException.Kind.USAGE,
                        "The host cannot be probed over " + version + ": it has no such address.",
                        "its addresses: "
                                + versions().stream().map(this::address).map(Targets::text).toList(),
                        "give the guest an " + version + " address, or probe over the other version"));
    }
}
