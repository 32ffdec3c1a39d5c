package me.wingu.boma.harness.nftables;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * One table and what it holds.
 *
 * @param family the family
 * @param name the name
 * @param handle the kernel's handle, 0 when the listing shows none
 * @param flags the flags, such as {@code dormant}
 * @param chains the chains, base and regular
 * @param sets the named sets and maps
 * @param flowtables the flow tables
 * @param objects counters, quotas, limits and the other named objects
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Table(
        Family family,
        String name,
        long handle,
        Set<String> flags,
        List<Chain> chains,
        List<NamedSet> sets,
        List<Flowtable> flowtables,
        List<NamedObject> objects) {

    /** Takes copies of the collections. */
    public Table {
        flags = Set.copyOf(flags);
        chains = List.copyOf(chains);
        sets = List.copyOf(sets);
        flowtables = List.copyOf(flowtables);
        objects = List.copyOf(objects);
    }

    /** Returns the same table with other chains. */
    public Table withChains(List<Chain> others) {
        return new Table(family, name, handle, flags, others, sets, flowtables, objects);
    }

    /** Returns whether the table is dormant: loaded, but none of its base chains is registered. */
    public boolean dormant() {
        return flags.contains("dormant");
    }

    /** Returns the chain of this name. */
    public Optional<Chain> chain(String chain) {
        return chains.stream().filter(each -> each.name().equals(chain)).findFirst();
    }

    /** Returns the named set or map of this name. */
    public Optional<NamedSet> set(String set) {
        return sets.stream().filter(each -> each.name().equals(set)).findFirst();
    }
}
