package me.wingu.boma.harness.state;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A volume that a container engine keeps, whether a container mounts it or not; without its options, which can hold a password.
 *
 * @param engine who keeps it
 * @param name its name; 64 hexadecimal digits for one that was made for a single container
 * @param driver who stores it: {@code local}
 * @param mountpoint where its files lie on the host
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record EngineVolume(Container.Engine engine, String name, String driver, String mountpoint) {

    /** Returns whether nobody gave it a name. */
    public boolean isAnonymous() {
        return name.matches("[0-9a-f]{64}");
    }
}
