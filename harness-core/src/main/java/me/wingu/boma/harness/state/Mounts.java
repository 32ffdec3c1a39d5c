package me.wingu.boma.harness.state;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Mounted file systems, how full they are, swap, and what {@code /etc/fstab} asks for.
 *
 * @param host what messages call the host and the moment: {@code askari after reboot 1}
 * @param all the mounts, in the kernel's order: of two on the same directory the later one is seen
 * @param usage how full file systems are, by directory
 * @param swaps the devices and files that are in use as swap
 * @param uuids the UUIDs of the file systems on devices, by device: {@code /dev/sda1}
 * @param fstab the directories that {@code /etc/fstab} names, without those of option {@code noauto}
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Mounts(
        String host,
        List<Mount> all,
        Map<String, Usage> usage,
        List<Swap> swaps,
        Map<String, String> uuids,
        Set<String> fstab) {

    /**
     * A device or file that is in use as swap.
     *
     * @param name its path
     * @param bytes its size
     * @param priority the higher is used first; -1 and lower where the kernel chose it
     */
    public record Swap(String name, long bytes, int priority) {

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * How full a file system is.
     *
     * @param bytes its size
     * @param bytesFree what ordinary users can still write
     * @param inodes how many files it can hold; 0 when that is not bounded
     * @param inodesUsed how many it holds
     */
    public record Usage(long bytes, long bytesFree, long inodes, long inodesUsed) {

        /** Returns how full it is, 0 to 100; 0 for a file system without a size. */
        public int percentUsed() {
            return bytes == 0 ? 0 : (int) (100 - 100.0 * bytesFree / bytes);
        }
    }

    /** Copies the collections. */
    public Mounts {
        all = List.copyOf(all);
        usage = Map.copyOf(usage);
        swaps = List.copyOf(swaps);
        uuids = Map.copyOf(uuids);
        fstab = Set.copyOf(fstab);
    }

    /** Returns what is seen at that directory. */
    public Optional<Mount> at(String target) {
        return all.stream().filter(mount -> mount.target().equals(target)).reduce((first, later) -> later);
    }

    /** Returns the mount that holds a file: the one with the longest directory above it. */
    public Optional<Mount> holding(String path) {
        return all.stream()
                .filter(mount -> path.equals(mount.target())
                        || path.startsWith(mount.target().equals("/") ? "/" : mount.target() + "/"))
                .reduce((a, b) -> b.target().length() >= a.target().length() ? b : a);
    }
}
