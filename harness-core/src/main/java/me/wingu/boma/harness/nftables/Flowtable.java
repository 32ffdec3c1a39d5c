package me.wingu.boma.harness.nftables;

import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A flow table: established flows that it holds bypass the hooks after ingress.
 *
 * @param family its table's family
 * @param table its table's name
 * @param name its name
 * @param handle the kernel's handle, 0 when the listing shows none
 * @param priority its priority at the ingress hook
 * @param devices the devices whose packets may take the fast path
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Flowtable(
        Family family, String table, String name, long handle, int priority, List<String> devices) {

    /** Takes a copy of the devices. */
    public Flowtable {
        devices = List.copyOf(devices);
    }
}
