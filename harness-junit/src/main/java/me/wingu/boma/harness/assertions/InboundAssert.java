package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.proof.Arrivals;
import me.wingu.boma.harness.nftables.proof.Finding;
import me.wingu.boma.harness.nftables.proof.Firewall;
import me.wingu.boma.harness.nftables.proof.Traffic;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/** Assertions, by proof, on all packets that arrive at a host from somewhere. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class InboundAssert extends AbstractAssert<InboundAssert, Firewall> {

    private final Arrivals arrivals;

    /** Creates the assertions on the packets that arrive from there. */
    public InboundAssert(Firewall actual, Arrivals arrivals) {
        super(actual, InboundAssert.class);
        this.arrivals = arrivals;
    }

    /**
     * Verifies that nothing else is accepted, neither by the host nor, through it, by anybody else. What the ruleset
     * leaves open counts as accepted.
     *
     * <pre>{@code
     * inbound(from("wan")).acceptsOnly(tcp(80), tcp(443), tcp(22).from("198.51.100.10"));   // passes
     * inbound(from("wan")).acceptsOnly(tcp(80), tcp(443));   // fails with a packet to port 22, and its rule
     * inbound(from("wan").toThisHost()).acceptsOnly(tcp(80));   // asks about packets for the host's own addresses alone
     * }</pre>
     *
     * @throws IllegalArgumentException when nothing is allowed; {@link #neverAccepts} says that
     */
    public InboundAssert acceptsOnly(Traffic... allowed) {
        return verify(
                actual.prover().acceptsOnly(arrivals, List.of(allowed)),
                "accept only",
                allowed,
                "needed: a rule that drops this packet earlier, or this traffic in the list");
    }

    /** As {@link #acceptsOnly(Traffic...)}, with the words of {@link BomaAssertions}. */
    public InboundAssert acceptsOnly(Packets... packets) {
        return acceptsOnly(traffic(packets));
    }

    /**
     * Verifies that this traffic to the host always gets through, for every client address. What the ruleset leaves
     * open counts as dropped.
     *
     * <pre>{@code
     * inbound(from("wan")).alwaysAccepts(tcp(443));   // passes when every client reaches it
     * inbound(from("wan")).alwaysAccepts(tcp(22));    // fails with a client that does not
     * }</pre>
     */
    public InboundAssert alwaysAccepts(Traffic... wanted) {
        return verify(
                actual.prover().alwaysAccepts(arrivals, List.of(wanted)),
                "always accept",
                wanted,
                "needed: a rule that accepts this packet before it is dropped");
    }

    /** As {@link #alwaysAccepts(Traffic...)}, with the words of {@link BomaAssertions}. */
    public InboundAssert alwaysAccepts(Packets... packets) {
        return alwaysAccepts(traffic(packets));
    }

    /**
     * Verifies that none of this traffic is ever accepted, by the host or by anything behind it.
     *
     * <pre>{@code
     * inbound(from("wan")).neverAccepts(tcp(3306));   // passes when nobody gets there
     * inbound(from("wan")).neverAccepts(tcp(22));     // fails with the one client that does
     * }</pre>
     */
    public InboundAssert neverAccepts(Traffic... forbidden) {
        return verify(
                actual.prover().neverAccepts(arrivals, List.of(forbidden)),
                "never accept",
                forbidden,
                "needed: a rule that drops this packet earlier");
    }

    /** As {@link #neverAccepts(Traffic...)}, with the words of {@link BomaAssertions}. */
    public InboundAssert neverAccepts(Packets... packets) {
        return neverAccepts(traffic(packets));
    }

    /**
     * Verifies that nothing of what arrives is ever accepted, whatever it is. Of packets
     * {@linkplain Arrivals#toOthers() for others} that says that the host forwards nothing for them.
     *
     * <pre>{@code
     * inbound(from("wan").toOthers()).acceptsNothing();   // passes when the host is no router for its neighbours
     * inbound(from("wan").toOthers()).acceptsNothing();   // fails with a packet that it would forward
     * }</pre>
     */
    public InboundAssert acceptsNothing() {
        return verify(
                actual.prover().acceptsNothing(arrivals),
                "accept nothing",
                new Traffic[0],
                "needed: a rule that drops this packet earlier");
    }

    /**
     * Verifies that this traffic to the host always gets through to a container, translated and forwarded.
     *
     * <pre>{@code
     * inbound(from("wan")).alwaysReaches(tcp(443), "172.18.0.2", 443);   // passes for a published port
     * inbound(from("wan")).alwaysReaches(tcp(443), "172.18.0.2", 443);   // fails when a forward chain drops it
     * }</pre>
     */
    public InboundAssert alwaysReaches(Traffic published, String container, int port) {
        return verify(
                actual.prover().alwaysReaches(arrivals, published, IpAddress.of(container), port),
                "always lead to " + container + " port " + port,
                new Traffic[] {published},
                "needed: a translation to it, and forward chains that let the translated packet pass");
    }

    /** As {@link #alwaysReaches(Traffic, String, int)}, with the words of {@link BomaAssertions}. */
    public InboundAssert alwaysReaches(Packets published, String container, int port) {
        return alwaysReaches(published.traffic(), container, port);
    }

    private static Traffic[] traffic(Packets... packets) {
        return Stream.of(packets).map(Packets::traffic).toArray(Traffic[]::new);
    }

    private InboundAssert verify(Finding finding, String verb, Traffic[] traffic, String needed) {
        if (!finding.proved()) {
            String list = List.of(traffic).stream().map(each -> "\n  " + each).collect(Collectors.joining());
            String expectation = verb + ", of " + arrivals + ":" + list;
            failWithMessage(
                    "%s", Message.of(FirewallAssert.describe(actual), expectation, finding) + "\n" + needed);
        }
        return this;
    }
}
