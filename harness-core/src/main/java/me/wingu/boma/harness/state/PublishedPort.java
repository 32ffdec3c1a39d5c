package me.wingu.boma.harness.state;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A port of the host that leads into a container.
 *
 * @param hostAddress the host's address; {@code 0.0.0.0} and {@code ::} are every address
 * @param hostPort the host's port; 0 while the engine has not chosen one, as of a container that does not run
 * @param containerPort the container's port
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}
 * @param ephemeral whether the engine chooses the host's port, at each start anew
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record PublishedPort(String hostAddress, int hostPort, int containerPort, String protocol, boolean ephemeral) {

    @Override
    public String toString() {
        String host = hostAddress.indexOf(':') < 0 ? hostAddress : "[" + hostAddress + "]";
        return host + ":" + hostPort + "->" + containerPort + "/" + protocol;
    }
}
