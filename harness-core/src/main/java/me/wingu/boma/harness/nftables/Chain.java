package me.wingu.boma.harness.nftables;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * One chain and its rules.
 *
 * @param family its table's family
 * @param table its table's name
 * @param name its name
 * @param handle the kernel's handle, 0 when the listing shows none
 * @param base how it hangs on a hook, for base chains only
 * @param rules its rules, in order
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Chain(
        Family family, String table, String name, long handle, Optional<BaseChain> base, List<Rule> rules) {

    /** Takes a copy of the rules. */
    public Chain {
        rules = List.copyOf(rules);
    }

    /** Returns the same chain with other rules. */
    public Chain withRules(List<Rule> others) {
        return new Chain(family, table, name, handle, base, others);
    }

    /** Returns the full name as nft takes it, such as {@code inet filter input}. */
    @Override
    public String toString() {
        return family.keyword() + " " + table + " " + name;
    }
}
