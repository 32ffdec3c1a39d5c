package me.wingu.boma.harness.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;

/** What tests on the loopback interface probe, and from where. */
final class Loopback {

    static final InetAddress V4 = InetAddress.getLoopbackAddress();
    static final Vantage STRANGER = Vantage.at("stranger", List.of(V4));
    static final Patience PATIENCE = new Patience(Duration.ofMillis(500), 2);

    private Loopback() {}

    /** A TCP port on which nothing listens any more. */
    static int closedPort() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, V4)) {
            return server.getLocalPort();
        }
    }
}
