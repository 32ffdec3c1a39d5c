package me.wingu.boma.harness.assertions;

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
}
