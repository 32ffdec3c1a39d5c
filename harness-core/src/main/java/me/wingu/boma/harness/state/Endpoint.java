package me.wingu.boma.harness.state;

import java.util.Optional;
import java.util.OptionalInt;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * One end of a socket.
 *
 * @param address the address as the kernel names it, without brackets: {@code 0.0.0.0}, {@code ::}, {@code ::1}
 * @param device the interface that the socket or its scope is bound to
 * @param port the port, 1 to 65535; empty for "any"
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Endpoint(String address, Optional<String> device, OptionalInt port) {

    /** Returns whether this is the address of every interface, {@code 0.0.0.0} or {@code ::}. */
    public boolean isWildcard() {
        return address.equals("0.0.0.0") || address.equals("::");
    }

    /** Returns whether only this host itself can reach the address: {@code 127.0.0.0/8}, {@code ::1}. */
    public boolean isLoopback() {
        return address.startsWith("127.") || address.equals("::1") || address.startsWith("::ffff:127.");
    }

    @Override
    public String toString() {
        String host = address.indexOf(':') < 0 ? address : "[" + address + "]";
        String dev = device.map(d -> "%" + d).orElse("");
        return host + dev + ":" + (port.isPresent() ? String.valueOf(port.getAsInt()) : "*");
    }
}
