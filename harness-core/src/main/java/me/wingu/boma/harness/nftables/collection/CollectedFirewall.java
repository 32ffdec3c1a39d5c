package me.wingu.boma.harness.nftables.collection;

import java.util.List;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.Ruleset;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A host's firewall as it was collected.
 *
 * @param ruleset the ruleset; rules of iptables-nft are translated where nft can
 * @param network the interfaces, addresses, routes and kernel parameters
 * @param warnings what the ruleset does not show, such as tables of the old iptables, or why rules stayed untranslated
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record CollectedFirewall(Ruleset ruleset, HostNetwork network, List<String> warnings) {

    /** Takes a copy. */
    public CollectedFirewall {
        warnings = List.copyOf(warnings);
    }
}
