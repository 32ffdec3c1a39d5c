package me.wingu.boma.harness.state;

import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A network of a container engine, whether a container is attached or not.
 *
 * @param engine whose it is
 * @param name its name: {@code bridge}, {@code podman}, or what its user called it
 * @param driver what makes it: {@code bridge}, {@code macvlan}, {@code host}, {@code null}
 * @param internal whether its containers are kept from what lies outside
 * @param subnets the addresses that its containers get, such as {@code 172.17.0.0/16}
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record EngineNetwork(Container.Engine engine, String name, String driver, boolean internal, List<String> subnets) {

    /** Copies the list. */
    public EngineNetwork {
        subnets = List.copyOf(subnets);
    }
}
