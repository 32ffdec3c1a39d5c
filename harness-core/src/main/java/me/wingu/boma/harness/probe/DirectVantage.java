package me.wingu.boma.harness.probe;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import me.wingu.boma.harness.HarnessException;

/**
 * Probes from source addresses of this machine, by plain sockets.
 *
 * @param name the vantage's name
 * @param addresses its addresses, the first of each IP version counts
 */
record DirectVantage(String name, List<InetAddress> addresses) implements Vantage {

    @Override
    public Set<IpVersion> versions() {
        return addresses.stream().map(IpVersion::of).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Reach reach(InetAddress host, Service service, Patience patience) {
        Source source = sourceFor(host);
        return switch (service.protocol()) {
            case TCP -> new TcpProbe(source).reach(host, service, patience);
            case UDP -> new UdpProbe(source).reach(host, service, patience);
            case ICMP -> new PingProbe(source).reach(host, patience);
        };
    }

    @Override
    public DatagramAnswer exchange(InetAddress host, int port, ByteBuffer datagram, Patience patience) {
        return new UdpProbe(sourceFor(host)).exchange(host, port, datagram, patience);
    }

    @Override
    public TlsAnswer tls(InetAddress host, int port, String serverName, Patience patience) {
        return new TlsProbe(sourceFor(host)).ask(host, port, serverName, patience);
    }

    @Override
    public TlsOffers tlsOffers(InetAddress host, int port, String serverName, Patience patience) {
        return new TlsOffersProbe(sourceFor(host)).ask(host, port, serverName, patience);
    }

    @Override
    public HttpAnswer http(InetAddress host, HttpQuestion question, Patience patience) {
        return new HttpProbe(sourceFor(host)).ask(host, question, patience);
    }

    @Override
    public SshAnswer ssh(InetAddress host, SshQuestion question, Patience patience) {
        return new SshProbe(sourceFor(host)).ask(host, question, patience);
    }

    private Source sourceFor(InetAddress host) {
        IpVersion version = IpVersion.of(host);
        return addresses.stream()
                .filter(address -> IpVersion.of(address) == version)
                .findFirst()
                .map(address -> new Source(name, address))
                .orElseThrow(() -> new HarnessException(
                        HarnessException.Kind.USAGE,
                        "The vantage " + name + " cannot probe " + Targets.text(host) + ": it has no " + version
                                + " address.",
                        "its addresses: "
                                + addresses.stream().map(Targets::text).toList(),
                        "give the vantage an " + version + " address, or probe over the other version"));
    }
}
