package me.wingu.boma.harness.state;

import java.util.Set;
import java.util.TreeSet;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A mounted file system.
 *
 * @param target where it is mounted
 * @param source the device, or the name that the file system has instead
 * @param fsType its type: {@code ext4}, {@code tmpfs}, …
 * @param root the part of the file system that is mounted; {@code /} but for bind mounts
 * @param options the options of this mount, and {@code ro} when the file system itself is read-only
 * @param fsOptions the options of the file system itself, which all its mounts share: {@code discard}, {@code errors=remount-ro}
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Mount(String target, String source, String fsType, String root, Set<String> options, Set<String> fsOptions) {

    /** Copies the sets. */
    public Mount {
        fsOptions = Set.copyOf(fsOptions);
        options = Set.copyOf(options);
    }

    /** Returns whether it lives in memory and is gone after a reboot. */
    public boolean isInMemory() {
        return fsType.equals("tmpfs") || fsType.equals("ramfs");
    }

    /** Returns the mount as {@code mount} prints it. */
    @Override
    public String toString() {
        return source + " on " + target + " type " + fsType + " (" + String.join(",", new TreeSet<>(options)) + ")";
    }
}
