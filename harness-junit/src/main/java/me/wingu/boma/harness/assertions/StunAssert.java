package me.wingu.boma.harness.assertions;

import java.net.InetAddress;
import java.net.UnknownHostException;
import me.wingu.boma.harness.probe.StunAnswer;
import me.wingu.boma.harness.probe.StunBinding;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/** Assertions on what a STUN server answered. Each needs a valid answer. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class StunAssert extends AbstractAssert<StunAssert, StunAnswer> {

    /** Creates the assertions on one answer. */
    public StunAssert(StunAnswer actual) {
        super(actual, StunAssert.class);
    }

    /**
     * Verifies that a valid binding response came back.
     *
     * <pre>{@code
     * assertThat(vm.outside().stun().from("stranger")).answers();        // passes when a STUN server listens on 3478/udp
     * assertThat(vm.outside().stun(5349).from("stranger")).answers();    // fails when none listens there
     * }</pre>
     */
    public StunAssert answers() {
        binding();
        return this;
    }

    /**
     * Verifies that the server saw the request come from an address: behind a masquerade it would see another one.
     *
     * <pre>{@code
     * assertThat(vm.outside().stun().from("stranger")).sees(vm.address("stranger"));    // passes
     * assertThat(vm.outside().stun().from("stranger")).sees(vm.address("admin"));       // fails
     * }</pre>
     *
     * @param address an IPv4 or IPv6 address, as text
     */
    public StunAssert sees(String address) {
        InetAddress mapped = binding().mapped().getAddress();
        if (!mapped.equals(parse(address))) {
            String problem = "Expecting the server to see " + address + " but it sees " + mapped.getHostAddress();
            failWithMessage("%s", Tried.failure(problem, actual.trial()));
        }
        return this;
    }

    private static InetAddress parse(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException("\"" + address + "\" is no IP address", unknown);
        }
    }

    private StunBinding binding() {
        isNotNull();
        if (actual.binding().isEmpty()) {
            failWithMessage("%s", Tried.failure("Expecting a STUN binding but there was none", actual.trial()));
        }
        return actual.binding().orElseThrow();
    }
}
