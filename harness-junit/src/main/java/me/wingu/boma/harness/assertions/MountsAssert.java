package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.state.Mount;
import me.wingu.boma.harness.state.Mounts;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on mounted file systems.
 *
 * <pre>{@code
 * assertThat(vm.mounts()).at("/").hasType("ext4").hasFreePercent(10);    // passes with a tenth of it free
 * assertThat(vm.mounts()).at("/tmp").hasOption("noexec");                // fails without the option
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class MountsAssert extends StateAssert<MountsAssert, Mounts> {

    /** Creates the assertions. */
    public MountsAssert(Mounts actual) {
        super(actual, MountsAssert.class, Wording.title(actual.host(), "mounts"));
    }

    /** Goes on to what is mounted on a directory; fails when nothing is. */
    public MountAssert at(String target) {
        List<String> around = actual.all().stream().map(Mount::toString).toList();
        Optional<MountAssert.Mounted> mounted = actual.at(target)
                .map(mount -> new MountAssert.Mounted(
                        mount, Optional.ofNullable(actual.usage().get(target)), actual.fstab().contains(target)));
        return navigate(
                MountAssert.class,
                new Sought<>("the mount on " + target, Wording.title(actual.host(), "mounts"), mounted, around),
                MountAssert::new);
    }

    /** Verifies that nothing is mounted on a directory. */
    public MountsAssert hasNoneAt(String target) {
        Wording.requireText(target, "directory");
        return check(
                actual.at(target).isEmpty(), "Expecting no mount on " + target + ".", actual.at(target).stream().toList());
    }

    /** Verifies that no swap is in use. */
    public MountsAssert hasNoSwap() {
        return check(actual.swaps().isEmpty(), "Expecting no swap.", actual.swaps());
    }
}
