package me.wingu.boma.harness.state;

import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A container's place in one of the engine's networks.
 *
 * @param name the network's name, {@code bridge} for Docker's default
 * @param ipv4 the container's IPv4 address, while it runs
 * @param ipv6 the container's IPv6 address, while it runs and when the network has IPv6
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record ContainerNetwork(String name, Optional<String> ipv4, Optional<String> ipv6) {}
