package me.wingu.boma.harness.nftables;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A named set or map (also what nft calls a meter).
 *
 * @param family its table's family
 * @param table its table's name
 * @param name its name
 * @param handle the kernel's handle, 0 when the listing shows none
 * @param key the type of its keys
 * @param data the type of its values; present for maps only
 * @param flags such as {@code interval}, {@code dynamic}, {@code timeout}, {@code constant}
 * @param hasTimeout whether elements expire by default
 * @param elements the elements at the moment of the listing
 * @param unrecognised attributes of the set that the reader does not know, as JSON
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record NamedSet(
        Family family,
        String table,
        String name,
        long handle,
        SetType key,
        Optional<SetType> data,
        Set<String> flags,
        boolean hasTimeout,
        List<SetElement> elements,
        List<String> unrecognised) {

    /** Takes copies of the collections. */
    public NamedSet {
        flags = Set.copyOf(flags);
        elements = List.copyOf(elements);
        unrecognised = List.copyOf(unrecognised);
    }

    /** Returns whether packets may change it, or time may: by flag; rules that update it are seen elsewhere. */
    public boolean volatileContents() {
        return hasTimeout || flags.contains("dynamic") || flags.contains("timeout");
    }
}
