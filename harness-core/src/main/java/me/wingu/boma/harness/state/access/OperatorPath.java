package me.wingu.boma.harness.state.access;

import java.util.List;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Link;
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
     * Checks the source and the port.
     *
     * @throws HarnessException of kind {@code USAGE} when the source is no address, or the port none of TCP's
     */
    public OperatorPath {
        if (IpAddress.parse(source).isEmpty() || port < 1 || port > 65_535) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE,
                    "The operator's path " + name + " cannot be asked about.",
                    "it comes from " + source + " to port " + port,
                    "give one address, such as 198.51.100.7, and a port from 1 to 65535");
        }
    }

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

    /** Returns whether the operator comes by IPv6. */
    boolean six() {
        return source.contains(":");
    }

    /** Returns the addresses that the path's device has in the family of its source. */
    List<String> addresses(HostState state) {
        return state.network().link(device).stream()
                .flatMap(link -> link.addresses().stream())
                .map(Link.Address::address)
                .filter(address -> address.contains(":") == six())
                .toList();
    }

    @Override
    public String toString() {
        return name + " (" + source + " by " + device + " to " + port + "/tcp)";
    }
}
