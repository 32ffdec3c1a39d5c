package me.wingu.boma.harness.nftables.semantics;

import me.wingu.boma.harness.nftables.Family;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Names one rule of a ruleset.
 *
 * @param family its table's family
 * @param table its table
 * @param chain its chain
 * @param index its position in the chain, from 0
 * @param handle the kernel's handle, 0 when the listing shows none
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record RuleId(Family family, String table, String chain, int index, long handle) {

    /** Returns where it stands, such as {@code inet filter input handle 12}. */
    @Override
    public String toString() {
        String place = family.keyword() + " " + table + " " + chain;
        return handle > 0 ? place + " handle " + handle : place + " rule " + (index + 1);
    }
}
