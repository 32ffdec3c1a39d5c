package me.wingu.boma.harness.assertions;

import me.wingu.boma.harness.nftables.proof.Firewall;
import me.wingu.boma.harness.probe.PortState;
import me.wingu.boma.harness.probe.Reach;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/** Assertions on what a vantage found at one service of a host. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class ReachAssert extends AbstractAssert<ReachAssert, Reach> {

    /** Creates the assertions on one finding. */
    public ReachAssert(Reach actual) {
        super(actual, ReachAssert.class);
    }

    /**
     * Verifies that the service answered.
     *
     * <pre>{@code
     * assertThat(vm.reach(tcp(443)).from("stranger")).isOpen();   // passes when a server listens on 443
     * assertThat(vm.reach(tcp(22)).from("stranger")).isOpen();    // fails when the firewall drops it
     * }</pre>
     */
    public ReachAssert isOpen() {
        return isIn(PortState.OPEN);
    }

    /**
     * Verifies that the host refused: it can be reached, and nothing listens.
     *
     * <pre>{@code
     * assertThat(vm.reach(tcp(81)).from("admin")).isClosed();    // passes when the host answers with a reset
     * assertThat(vm.reach(tcp(81)).from("admin")).isClosed();    // fails when the firewall drops it silently
     * }</pre>
     */
    public ReachAssert isClosed() {
        return isIn(PortState.CLOSED);
    }

    /**
     * Verifies that nothing came back but perhaps an ICMP "prohibited" or "unreachable".
     *
     * <p>UDP that stays silent is "open or filtered", which fails here: assert it by {@link #isOpenOrFiltered()}.
     *
     * <pre>{@code
     * assertThat(vm.reach(tcp(22)).from("stranger")).isFiltered();    // passes when the firewall drops it
     * assertThat(vm.reach(tcp(443)).from("stranger")).isFiltered();   // fails when a server listens on 443
     * }</pre>
     */
    public ReachAssert isFiltered() {
        return isIn(PortState.FILTERED);
    }

    /**
     * Verifies that a UDP service stayed silent, which is all that can be said from outside.
     *
     * <pre>{@code
     * assertThat(vm.reach(udp(51820)).from("stranger")).isOpenOrFiltered();   // passes: WireGuard answers no stranger
     * assertThat(vm.reach(udp(3478)).from("stranger")).isOpenOrFiltered();    // fails when a STUN server answers
     * }</pre>
     */
    public ReachAssert isOpenOrFiltered() {
        return isIn(PortState.OPEN_OR_FILTERED);
    }

    /**
     * Verifies that what was tried is possible by what can be proved of the host's ruleset.
     *
     * <pre>{@code
     * assertThat(vm.reach(tcp(443)).from("stranger")).agreesWith(vm.nftables(), "wan");   // passes
     * assertThat(vm.reach(tcp(443)).from("stranger")).agreesWith(other, "wan");   // fails when that one never accepts it
     * }</pre>
     *
     * @param firewall the ruleset and the network of the host
     * @param network the interface that the vantage's packets come in through, or {@code wan}
     * @throws ContradictionError when the two contradict each other
     */
    public ReachAssert agreesWith(Firewall firewall, String network) {
        isNotNull();
        new Agreement(firewall, network).check(actual);
        return this;
    }

    private ReachAssert isIn(PortState expected) {
        isNotNull();
        if (actual.state() != expected) {
            String problem = "Expecting " + actual.target() + " to be " + expected + " but it is " + actual.state();
            failWithMessage("%s", Tried.failure(problem, actual.trial()));
        }
        return this;
    }
}
