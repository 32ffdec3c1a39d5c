package me.wingu.boma.harness.state;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The packages that dpkg knows, installed or not.
 *
 * @param host what messages call the host and the moment: {@code askari after reboot 1}
 * @param all the packages, in dpkg's order
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Packages(String host, List<DebianPackage> all) {

    /** Copies the list. */
    public Packages {
        all = List.copyOf(all);
    }

    /** Returns the package of that name, of the first architecture that it is known for. */
    public Optional<DebianPackage> named(String name) {
        return all.stream().filter(p -> p.name().equals(name)).findFirst();
    }
}
