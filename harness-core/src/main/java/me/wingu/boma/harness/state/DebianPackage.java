package me.wingu.boma.harness.state;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A package of Debian.
 *
 * @param name its name
 * @param version its version
 * @param architecture {@code amd64}, {@code all}, …
 * @param status dpkg's abbreviation: {@code ii} is installed, {@code hi} installed and held, {@code rc} removed with
 *     its configuration left
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record DebianPackage(String name, String version, String architecture, String status) {

    /** Returns whether it is installed completely. */
    public boolean isInstalled() {
        return status.endsWith("i");
    }

    /** Returns whether upgrades leave it alone. */
    public boolean isHeld() {
        return status.startsWith("h");
    }

    @Override
    public String toString() {
        return name + " " + version + " (" + status + ")";
    }
}
