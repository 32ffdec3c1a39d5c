package me.wingu.boma.harness.assertions;

import java.util.Optional;
import me.wingu.boma.harness.state.Mount;
import me.wingu.boma.harness.state.Mounts;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on one mounted file system.
 *
 * <pre>{@code
 * assertThat(vm.mounts()).at("/srv").isInFstab();               // passes when it comes back at boot
 * assertThat(vm.mounts()).at("/srv").hasOption("ro");           // fails when it is writable
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class MountAssert extends SoughtAssert<MountAssert, MountAssert.Mounted> {

    /**
     * A mount and what is known about it.
     *
     * @param mount the mount
     * @param usage how full it is; empty when that is not known
     * @param inFstab whether {@code /etc/fstab} names it
     */
    public record Mounted(Mount mount, Optional<Mounts.Usage> usage, boolean inFstab) {

        @Override
        public String toString() {
            return mount + usage.map(u -> ", " + u.percentUsed() + " % used").orElse("") + (inFstab ? ", in fstab" : "");
        }
    }

    /** Creates the assertions. */
    public MountAssert(Sought<Mounted> actual) {
        super(actual, MountAssert.class);
    }

    /** Verifies its type: {@code ext4}, {@code tmpfs}, … */
    public MountAssert hasType(String type) {
        return verify("to have the type " + type, mounted -> mounted.mount().fsType().equals(type));
    }

    /** Verifies that it has an option: {@code ro}, {@code noexec}, … */
    public MountAssert hasOption(String option) {
        return verify("to have the option " + option, mounted -> mounted.mount().options().contains(option));
    }

    /** Verifies its device. */
    public MountAssert isFrom(String source) {
        return verify("to be from " + source, mounted -> mounted.mount().source().equals(source));
    }

    /** Verifies that {@code /etc/fstab} names it. */
    public MountAssert isInFstab() {
        return verify("to be in /etc/fstab", Mounted::inFstab);
    }

    /** Verifies that at least this part of it is free, 1 to 100 percent. */
    public MountAssert hasFreePercent(int percent) {
        return verify(
                "to have at least " + percent + " % free",
                mounted -> mounted.usage().filter(u -> 100 - u.percentUsed() >= percent).isPresent());
    }
}
