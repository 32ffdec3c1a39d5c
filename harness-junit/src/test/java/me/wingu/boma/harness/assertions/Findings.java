package me.wingu.boma.harness.assertions;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import me.wingu.boma.harness.probe.PortState;
import me.wingu.boma.harness.probe.Reach;
import me.wingu.boma.harness.probe.Service;
import me.wingu.boma.harness.probe.Trial;

/** Findings of probes, as the tests of the assertions need them. */
final class Findings {

    private Findings() {}

    static Trial trial(String what, String seen) {
        Optional<InetAddress> source = Optional.of(address("198.51.100.7"));
        return new Trial(what, "stranger", source, Instant.EPOCH, 2, Duration.ofMillis(7_004), seen);
    }

    static Reach reach(Service service, PortState state, String seen) {
        Trial trial = trial("TCP connect to 198.51.100.20:" + service.port(), seen);
        return new Reach(address("198.51.100.20"), service, state, trial);
    }

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
