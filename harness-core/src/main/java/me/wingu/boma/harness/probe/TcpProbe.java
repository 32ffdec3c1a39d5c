package me.wingu.boma.harness.probe;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Opens a TCP connection and closes it again. */
final class TcpProbe {

    private final Source source;

    TcpProbe(Source source) {
        this.source = source;
    }

    Reach reach(InetAddress host, Service service, Patience patience) {
        InetSocketAddress target = new InetSocketAddress(host, service.port());
        Tried<String> tried = Tried.to(
                "TCP connect to " + Targets.text(target),
                source,
                patience,
                () -> {
                    source.connect(target, patience.each()).close();
                    return "connection established";
                },
                seen -> seen);
        return new Reach(host, service, tried.state(), tried.trial());
    }
}
