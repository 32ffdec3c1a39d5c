package me.wingu.boma.harness.state.drift;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Mount;
import me.wingu.boma.harness.state.Mounts;
import me.wingu.boma.harness.state.Subject;

/** Mounts of file systems that hold files, and swap; those of containers, sessions and units are left out. */
final class MountWitness implements Witness<Mounts> {

    private static final Set<String> PSEUDO = Set.of(
            "sysfs", "proc", "devtmpfs", "devpts", "securityfs", "cgroup2", "cgroup", "pstore", "bpf", "autofs",
            "mqueue",
            "debugfs", "tracefs", "fusectl", "configfs", "binfmt_misc", "hugetlbfs", "nsfs", "efivarfs", "rpc_pipefs");
    private static final Pattern OF_THE_MOMENT = Pattern.compile(
            "^/(run/(user|credentials|docker|containerd|containers)|var/lib/(docker|containers|containerd))/"
                    + "|^/run/snapd/ns(/|$)");
    private static final Pattern SHARE_OF_MEMORY = Pattern.compile("(size|nr_inodes|nr_blocks)=.*");
    private static final Pattern LOOP = Pattern.compile("^/dev/loop\\d+$");

    @Override
    public String name() {
        return "mounts";
    }

    @Override
    public Subject<Mounts> subject() {
        return Subject.MOUNTS;
    }

    @Override
    public Stream<Fact> facts(Mounts mounts, HostState state, HostState other) {
        Set<String> onDemand = mounts.all().stream()
                .filter(mount -> mount.fsType().equals("autofs"))
                .map(Mount::target)
                .collect(Collectors.toSet());
        Stream<Fact> files = mounts.all().stream()
                .filter(mount -> !onDemand.contains(mount.target()))
                .filter(mount -> !PSEUDO.contains(mount.fsType()) && !OF_THE_MOMENT.matcher(mount.target()).find())
                .map(mount -> Fact.of(mount.target(), carrier(mount.target(), mounts))
                        .with("source", source(mount, mounts, other))
                        .with("type", mount.fsType())
                        .with("options", new TreeSet<>(mount.options()).toString())
                        .with("options of the file system", fsOptions(mount)));
        Stream<Fact> swaps = mounts.swaps().stream()
                .map(swap -> Fact.of(
                                "swap " + device(swap.name(), mounts, other),
                                "swapon alone lasts until the reboot: write it to /etc/fstab")
                        .with("size", (swap.bytes() >> 20) + " MiB")
                        .with("priority", swap.priority() < 0 ? "the kernel's choice" : String.valueOf(swap.priority())));
        return Stream.concat(files, swaps);
    }

    private static String source(Mount mount, Mounts mounts, HostState other) {
        return device(mount.source(), mounts, other) + (mount.root().equals("/") ? "" : "[" + mount.root() + "]");
    }

    /** Loop devices are numbered in the order of their mounts, disks in the order in which the kernel finds them. */
    private static String device(String name, Mounts mounts, HostState other) {
        return Optional.ofNullable(mounts.uuids().get(name))
                .filter(uuid -> other.reading(Subject.MOUNTS).find().stream()
                        .anyMatch(theirs -> !uuid.equals(theirs.uuids().get(name)) && theirs.uuids().containsValue(uuid)))
                .map(uuid -> "UUID=" + uuid)
                .orElseGet(() -> LOOP.matcher(name).replaceAll("a loop device"));
    }

    /** What is mounted in memory may fill a share of it, of which each boot has some pages more or less; an NFS server has any port. */
    private static String fsOptions(Mount mount) {
        return mount.fsOptions().stream()
                .filter(option -> !option.startsWith("mountport="))
                .filter(option -> !mount.isInMemory() || !SHARE_OF_MEMORY.matcher(option).matches())
                .sorted()
                .toList()
                .toString();
    }

    private static String carrier(String target, Mounts mounts) {
        return mounts.fstab().contains(target)
                ? "/etc/fstab names it: see its .mount unit in the journal"
                : "it is not in /etc/fstab: add it there, or write a .mount unit";
    }
}
