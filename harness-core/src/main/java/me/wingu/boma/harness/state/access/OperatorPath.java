package me.wingu.boma.harness.state.access;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A way by which the operator reaches a host's SSH.
 *
 * @param name what people call it: {@code mesh}, {@code admin}
 * @param source the operator's address
 * @param device the host's interface on which the operator's packets arrive
 * @param port the TCP port, 1 to 65535
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record OperatorPath(String name, String source, String device, int port) {

    /**
     * Returns the path to port 22.
     *
     * @param name what people call it
     * @param source the operator's address
     * @param device the host's interface on which the operator's packets arrive
     */
    public static OperatorPath ssh(String name, String source, String device) {
        return new OperatorPath(name, source, device, 22);
    }

    @Override
    public String toString() {
        return name + " (" + source + " by " + device + " to " + port + "/tcp)";
    }
}
