package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.access.AccessVerdict;
import me.wingu.boma.harness.state.access.PathVerdict;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on whether the operator can get in.
 *
 * <pre>{@code
 * assertThat(access).isOpenBy("mesh", "admin");       // passes when both paths are open now
 * assertThat(access).survivesRebootBy("admin");       // fails when ssh.service is not enabled
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class AccessAssert extends StateAssert<AccessAssert, AccessVerdict> {

    /** Creates the assertions. */
    public AccessAssert(AccessVerdict actual) {
        super(actual, AccessAssert.class, Wording.title(actual.host(), "access of " + actual.user()));
    }

    /** Verifies that at least one path is open now, and at least one after a reboot. */
    public AccessAssert isNotLockedOut() {
        return check(
                actual.isOpenNow() && actual.survivesReboot(),
                "Expecting the operator to get in, now and after a reboot.",
                actual.paths());
    }

    /** Verifies that each of these paths is open now. */
    public AccessAssert isOpenBy(String... paths) {
        Wording.requireSome(paths, "path");
        return check(
                all(paths, PathVerdict::isOpenNow), "Expecting the operator to get in by " + List.of(paths) + ".", of(paths));
    }

    /** Verifies that each of these paths will be open after a reboot, as far as the state tells. */
    public AccessAssert survivesRebootBy(String... paths) {
        Wording.requireSome(paths, "path");
        return check(
                all(paths, PathVerdict::survivesReboot),
                "Expecting the operator to get in by " + List.of(paths) + " after a reboot.",
                of(paths));
    }

    private boolean all(String[] names, Predicate<PathVerdict> holds) {
        return Stream.of(names).allMatch(name -> actual.path(name).filter(holds).isPresent());
    }

    private List<PathVerdict> of(String[] names) {
        return Stream.of(names).map(actual::path).flatMap(Optional::stream).toList();
    }
}
