package me.wingu.boma.harness.nftables;

import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * How a base chain hangs on its hook.
 *
 * @param type {@code filter}, {@code nat} or {@code route}
 * @param hook such as {@code input}
 * @param priority lower runs first; for type {@code nat} it orders NAT chains only among themselves
 * @param policy what happens to a packet that no rule decided: accept or drop
 * @param devices the devices of an ingress or egress chain; empty otherwise
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record BaseChain(String type, String hook, int priority, Verdict.Kind policy, List<String> devices) {

    /** Takes a copy of the devices. */
    public BaseChain {
        devices = List.copyOf(devices);
    }
}
