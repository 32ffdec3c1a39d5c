package me.wingu.boma.harness.assertions;

import java.time.Duration;
import me.wingu.boma.harness.probe.DnsAnswer;
import me.wingu.boma.harness.probe.HttpAnswer;
import me.wingu.boma.harness.probe.Matrix;
import me.wingu.boma.harness.probe.Reach;
import me.wingu.boma.harness.probe.Service;
import me.wingu.boma.harness.probe.SshAnswer;
import me.wingu.boma.harness.probe.StunAnswer;
import me.wingu.boma.harness.probe.TlsAnswer;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * The one static import of a host test: {@code assertThat} for everything that the harness reads from a host, and
 * everything that AssertJ itself offers.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class BomaAssertions extends Assertions {

    /** For extension only: users may add their own {@code assertThat} in a subclass. */
    protected BomaAssertions() {}

    /** Starts assertions on what a vantage found at one service of a host. */
    public static ReachAssert assertThat(Reach actual) {
        return new ReachAssert(actual);
    }

    /** Starts assertions on what a server presented in a TLS handshake. */
    public static TlsAssert assertThat(TlsAnswer actual) {
        return new TlsAssert(actual);
    }

    /** Starts assertions on what an HTTP server answered. */
    public static HttpAssert assertThat(HttpAnswer actual) {
        return new HttpAssert(actual);
    }

    /** Starts assertions on what a STUN server answered. */
    public static StunAssert assertThat(StunAnswer actual) {
        return new StunAssert(actual);
    }

    /** Starts assertions on what a DNS server answered. */
    public static DnsAssert assertThat(DnsAnswer actual) {
        return new DnsAssert(actual);
    }

    /** Starts assertions on how an SSH server met who asked. */
    public static SshAssert assertThat(SshAnswer actual) {
        return new SshAssert(actual);
    }

    /** Starts assertions on what several vantages found at several services of a host. */
    public static MatrixAssert assertThat(Matrix actual) {
        return new MatrixAssert(actual);
    }

    /** Returns a TCP port, 1 to 65535, as tests speak of it. */
    public static Door tcp(int port) {
        return new Door(Service.tcp(port));
    }

    /** Returns a UDP port, 1 to 65535, as tests speak of it. */
    public static Door udp(int port) {
        return new Door(Service.udp(port));
    }

    /** Returns the answering of pings, as tests speak of it. */
    public static Door ping() {
        return new Door(Service.ping());
    }

    /**
     * Repeats an assertion, and everything that it reads, until it passes.
     *
     * <pre>{@code
     * eventually(ofSeconds(60), () -> assertThat(vm.reach(tcp(443)).from("stranger")).isOpen());
     * }</pre>
     *
     * @param within how long it may take
     * @param assertion what must pass in the end; it must read anew what it asserts
     * @throws AssertionError when it has not passed in time; the message tells the last failure
     */
    public static void eventually(Duration within, ThrowingCallable assertion) {
        Eventually.passes(within, assertion);
    }
}
