package me.wingu.boma.harness.state.drift;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Subject;
import me.wingu.boma.harness.state.Sysctls;

/** Kernel parameters, without counters and random numbers. */
final class SysctlWitness implements Witness<Sysctls> {

    /** Decides whether bridged packets pass the packet filter; the module that brings it may have been loaded by hand. */
    private static final String BRIDGE = "net.bridge.";
    private static final Pattern OF_THE_MOMENT = Pattern.compile("^(kernel\\.random\\."
            + "|kernel\\.ns_last_pid|kernel\\.pty\\.nr|kernel\\.tainted|kernel\\.hostname"
            // The kernel lowers it by itself when an interrupt takes too long.
            + "|kernel\\.perf_event_max_sample_rate"
            + "|fs\\.(dentry-state|inode-nr|inode-state|file-nr|aio-nr|quota\\.)"
            + "|fs\\.binfmt_misc\\.|net\\.netfilter\\.nf_conntrack_count|net\\.ipv4\\.tcp_fastopen_key"
            + "|net\\.core\\.netdev_rss_key"
            + "|net\\.ipv[46]\\.(conf|neigh)\\.veth|net\\.ipv6\\.conf\\..*\\.stable_secret|dev\\.cdrom"
            + "|vm\\.stat_refresh)");
    private static final Pattern FROM_MEMORY = Pattern.compile("^(kernel\\.threads-max|fs\\.file-max"
            + "|fs\\.(epoll|inotify|fanotify)\\.|user\\.max_|net\\.ipv4\\.(tcp_max_|inet_peer_threshold)"
            + "|net\\.[a-z0-9]+\\.[a-z]+_[rw]?mem$"
            + "|vm\\.(min_free|user_reserve|admin_reserve)"
            + "|net\\.netfilter\\.nf_conntrack_(max|buckets|expect_max)|net\\.nf_conntrack_max|kernel\\.sched_)");

    @Override
    public String name() {
        return "kernel parameters";
    }

    @Override
    public Subject<Sysctls> subject() {
        return Subject.SYSCTLS;
    }

    @Override
    public Stream<Fact> facts(Sysctls sysctls, HostState state, HostState other) {
        // A parameter that only one state has belongs to a module or interface; interfaces are compared as such.
        Set<String> common = other.reading(Subject.SYSCTLS).find().map(o -> o.values().keySet()).orElse(Set.of());
        boolean filtersBridges = sysctls.values().keySet().stream().anyMatch(key -> key.startsWith(BRIDGE));
        Stream<Fact> bridge = filtersBridges
                ? Stream.of(Fact.of(
                        BRIDGE + "* of br_netfilter",
                        "modprobe alone lasts until the reboot: write br_netfilter to /etc/modules-load.d/*.conf"))
                : Stream.empty();
        Stream<Fact> values = sysctls.values().entrySet().stream()
                .filter(entry -> common.contains(entry.getKey()) && !OF_THE_MOMENT.matcher(entry.getKey()).find())
                .map(entry -> Fact.of(
                                entry.getKey(),
                                "sysctl -w alone lasts until the reboot: write " + entry.getKey() + " to /etc/sysctl.d/*.conf")
                        .with("", entry.getValue()));
        return Stream.concat(bridge, values);
    }

    /** The kernel derives some limits from the memory that it finds, which differs by some pages from boot to boot. */
    @Override
    public boolean same(String name, String before, String after) {
        if (before.equals(after)) {
            return true;
        }
        String[] old = before.split(" ", -1);
        String[] now = after.split(" ", -1);
        return FROM_MEMORY.matcher(name).find()
                && old.length == now.length
                && IntStream.range(0, old.length).allMatch(i -> isClose(old[i], now[i]));
    }

    private static boolean isClose(String old, String now) {
        if (!old.matches("\\d{1,18}") || !now.matches("\\d{1,18}")) {
            return old.equals(now);
        }
        long a = Long.parseLong(old);
        long b = Long.parseLong(now);
        return Math.abs(a - b) <= Math.max(a, b) / 100;
    }
}
