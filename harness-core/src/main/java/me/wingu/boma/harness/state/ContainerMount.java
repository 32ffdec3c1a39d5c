package me.wingu.boma.harness.state;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A file system of the host inside a container.
 *
 * @param type {@code bind}, {@code volume} or {@code tmpfs}
 * @param source the volume's name, or the path on the host
 * @param target the path in the container
 * @param writable whether the container may write to it
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record ContainerMount(String type, String source, String target, boolean writable) {

    @Override
    public String toString() {
        return type + " " + source + " on " + target + (writable ? "" : " (read-only)");
    }
}
