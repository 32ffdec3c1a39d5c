package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.nftables.proof.Arrivals;
import me.wingu.boma.harness.nftables.proof.Finding;
import me.wingu.boma.harness.nftables.proof.Firewall;
import me.wingu.boma.harness.nftables.proof.Traffic;
import me.wingu.boma.harness.probe.Reach;

/** Compares what can be proved of a firewall with what was tried. */
final class Agreement {

    private final Firewall firewall;
    private final String network;

    Agreement(Firewall firewall, String network) {
        this.firewall = firewall;
        this.network = network;
    }

    /**
     * Fails when what was tried is impossible by the ruleset: an answer through a firewall that never accepts, or
     * nothing but silence where it always does. A refusal fits both: rules can refuse, and so can the host.
     */
    void check(Reach reach) {
        String source = reach.trial()
                .source()
                .orElseThrow(() -> new IllegalArgumentException("it is not known from which address this was tried"))
                .getHostAddress();
        Arrivals arrivals = Arrivals.from(network, source).newConnections();
        List<Traffic> traffic = List.of(new Door(reach.service()).traffic());
        Optional<Finding> proof =
                switch (reach.state()) {
                    case OPEN -> Optional.of(firewall.prover().neverAccepts(arrivals, traffic));
                    case FILTERED -> Optional.of(firewall.prover().alwaysAccepts(arrivals, traffic));
                    case CLOSED, OPEN_OR_FILTERED -> Optional.empty();
                };
        if (proof.filter(Finding::proved).isPresent()) {
            throw new ContradictionError("Proof and trial contradict each other: " + reach.target() + " is "
                    + reach.state() + " from " + reach.trial().from() + ", and yet it is proved:"
                    + Tried.block("proof", proof.get().describe())
                    + "\n" + reach.trial().describe()
                    + "\n  next:  read the ruleset again; look for what the ruleset does not show: another firewall on"
                    + "\n         the way, a server that is down, a bridge or a container's own rules");
        }
    }
}
