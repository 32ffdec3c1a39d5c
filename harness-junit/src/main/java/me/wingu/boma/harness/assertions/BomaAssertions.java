package me.wingu.boma.harness.assertions;

import me.wingu.boma.harness.probe.HttpAnswer;
import me.wingu.boma.harness.probe.Reach;
import me.wingu.boma.harness.probe.TlsAnswer;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.Assertions;

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
}
