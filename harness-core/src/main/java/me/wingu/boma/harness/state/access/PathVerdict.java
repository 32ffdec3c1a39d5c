package me.wingu.boma.harness.state.access;

import java.util.List;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Whether one path is open, now and after a reboot.
 *
 * @param path the path
 * @param now what closes it now; empty when it is open
 * @param afterReboot what will close it after a reboot; empty when it will be open
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record PathVerdict(OperatorPath path, List<Obstacle> now, List<Obstacle> afterReboot) {

    /** Copies the lists. */
    public PathVerdict {
        now = List.copyOf(now);
        afterReboot = List.copyOf(afterReboot);
    }

    /** Returns whether nothing closes it now. */
    public boolean isOpenNow() {
        return now.isEmpty();
    }

    /** Returns whether nothing is known that will close it after a reboot. */
    public boolean survivesReboot() {
        return afterReboot.isEmpty();
    }

    /** Returns the verdict as a report shows it. */
    @Override
    public String toString() {
        return path + "\n" + part("now", now) + "\n" + part("after a reboot", afterReboot);
    }

    private static String part(String when, List<Obstacle> obstacles) {
        String state = obstacles.isEmpty()
                ? "open"
                : "closed\n" + obstacles.stream()
                        .map(o -> "    " + o.toString().replace("\n", "\n      "))
                        .collect(Collectors.joining("\n"));
        return "  " + when + ": " + state;
    }
}
