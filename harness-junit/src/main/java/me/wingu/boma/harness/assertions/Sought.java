package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Something that a test names, found on the host or not.
 *
 * @param <T> what it is when found
 * @param what its kind and name: {@code container "web"}
 * @param title what failures call the place where it was sought: {@code askari containers after reboot 1}
 * @param found the thing
 * @param around what is there instead, for the failure of a thing that is missing
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Sought<T>(String what, String title, Optional<T> found, List<String> around) {

    /** Copies the list. */
    public Sought {
        around = List.copyOf(around);
    }
}
