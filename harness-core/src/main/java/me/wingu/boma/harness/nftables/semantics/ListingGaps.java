package me.wingu.boma.harness.nftables.semantics;

import java.util.Optional;
import java.util.Set;
import me.wingu.boma.harness.nftables.BaseChain;
import me.wingu.boma.harness.nftables.Chain;
import me.wingu.boma.harness.nftables.Family;
import me.wingu.boma.harness.nftables.Table;

/**
 * What a listing does not tell of the hooks of chains. As JSON, nft 1.0.6 prints the name of the table where the name of
 * its flag should be, and no device of a chain.
 */
final class ListingGaps {

    private static final Set<String> FLAGS = Set.of("dormant", "owner", "persist");

    private ListingGaps() {}

    /** Returns why a base chain may not run: its table may be dormant, or the packet on a device that is not its own. */
    static Optional<Condition.Unknown> in(Table table, Chain chain) {
        Optional<BaseChain> base = chain.base();
        if (base.isEmpty()) {
            return Optional.empty();
        }
        if (table.flags().stream().anyMatch(flag -> !FLAGS.contains(flag))) {
            return doubt(chain, "whether the table is dormant: its flags are listed as "
                    + String.join(", ", table.flags().stream().sorted().toList()));
        }
        boolean ofDevices = chain.family() == Family.NETDEV || base.get().hook().endsWith("gress");
        return ofDevices && base.get().devices().isEmpty()
                ? doubt(chain, "the devices of the chain, which the listing leaves out")
                : Optional.empty();
    }

    private static Optional<Condition.Unknown> doubt(Chain chain, String reason) {
        RuleId place = new RuleId(chain.family(), chain.table(), chain.name(), 0, 0);
        return Optional.of(new Condition.Unknown(place, -1, reason));
    }
}
