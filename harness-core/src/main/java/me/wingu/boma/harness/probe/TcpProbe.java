package me.wingu.boma.harness.probe;

import java.io.IOException;
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
        Stopwatch watch = new Stopwatch();
        int tries = 0;
        Obstacle found;
        do {
            tries++;
            found = attempt(target, patience);
        } while (found.state() == PortState.FILTERED && tries < patience.tries());
        String what = "TCP connect to " + Targets.text(target);
        return new Reach(host, service, found.state(), watch.stop(what, source.toString(), tries, found.seen()));
    }

    private Obstacle attempt(InetSocketAddress target, Patience patience) {
        try {
            source.connect(target, patience.each()).close();
            return new Obstacle(PortState.OPEN, "connection established");
        } catch (IOException failed) {
            return Obstacle.of(failed);
        }
    }
}
