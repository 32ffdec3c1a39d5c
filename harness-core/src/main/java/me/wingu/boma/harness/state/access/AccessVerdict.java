package me.wingu.boma.harness.state.access;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Whether the operator can get in, now and after a reboot, and by which paths.
 *
 * @param host what messages call the host and the moment
 * @param user the account by which the operator logs in
 * @param paths the verdict on each path
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record AccessVerdict(String host, String user, List<PathVerdict> paths) {

    /** Copies the list. */
    public AccessVerdict {
        paths = List.copyOf(paths);
    }

    /** Returns whether at least one path is open now. */
    public boolean isOpenNow() {
        return paths.stream().anyMatch(PathVerdict::isOpenNow);
    }

    /** Returns whether at least one path will be open after a reboot. */
    public boolean survivesReboot() {
        return paths.stream().anyMatch(PathVerdict::survivesReboot);
    }

    /** Returns the verdict on a path. */
    public Optional<PathVerdict> path(String name) {
        return paths.stream().filter(verdict -> verdict.path().name().equals(name)).findFirst();
    }

    /** Returns the verdict as a report shows it. */
    @Override
    public String toString() {
        return paths.stream().map(PathVerdict::toString).collect(Collectors.joining("\n"));
    }
}
