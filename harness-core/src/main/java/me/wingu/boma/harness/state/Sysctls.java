package me.wingu.boma.harness.state;

import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The kernel's parameters.
 *
 * @param host what messages call the host and the moment: {@code askari after reboot 1}
 * @param values the values by dotted name: {@code net.ipv4.ip_forward}
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Sysctls(String host, Map<String, String> values) {

    /** Copies the map. */
    public Sysctls {
        values = Map.copyOf(values);
    }

    /** Returns the value of a parameter. */
    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
