package me.wingu.boma.harness.cli.bench;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.cli.bench.Check.Kind;
import me.wingu.boma.harness.guest.Shell;
import me.wingu.boma.harness.state.FileState;
import me.wingu.boma.harness.state.HostFiles;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Socket;
import me.wingu.boma.harness.state.Unit;

/** Makes mixed checks of what a host is, so that all of them hold: tools are compared by their speed, not their taste. */
final class CheckList {

    /** How an operator's list is mixed: packages and files most of all. */
    private static final List<Kind> MIX = List.of(
            Kind.PACKAGE, Kind.FILE, Kind.RUNNING, Kind.SYSCTL, Kind.PACKAGE, Kind.FILE, Kind.USER, Kind.ENABLED,
            Kind.PACKAGE, Kind.PORT, Kind.FILE, Kind.RUNNING, Kind.GROUP, Kind.PACKAGE, Kind.MOUNT, Kind.FILE,
            Kind.SYSCTL, Kind.PACKAGE, Kind.RUNNING, Kind.USER, Kind.ENABLED, Kind.PACKAGE);

    private final Map<Kind, Deque<Check>> stock = new EnumMap<>(Kind.class);

    /**
     * Makes the checks of a guest as it is, a hundred files of its {@code /etc} among them.
     *
     * @param host the guest's host
     * @param state the guest's state
     * @param shell the guest's shell
     * @param deadline for each of two looks at its files
     */
    static CheckList of(String host, HostState state, Shell shell, Duration deadline) {
        String[] paths = shell.run("find /etc -xdev -maxdepth 2 -type f | sort | head -n 100", deadline)
                .stdout()
                .lines()
                .toArray(String[]::new);
        return new CheckList(state, new HostFiles(shell, deadline).look(host, paths));
    }

    CheckList(HostState state, Collection<FileState> files) {
        put(Kind.PACKAGE, state.packages().all().stream()
                .filter(found -> found.status().startsWith("ii"))
                .map(found -> check(Kind.PACKAGE, found.name(), "installed")));
        put(Kind.FILE, files.stream()
                .filter(file -> file.type().equals("file"))
                .map(file -> check(Kind.FILE, file.path(), file.mode())));
        // What is started on demand ends by itself; what is enabled stays.
        put(Kind.RUNNING, services(state).filter(unit -> unit.isEnabled() && unit.sub().equals("running"))
                .map(unit -> check(Kind.RUNNING, service(unit), "running")));
        put(Kind.ENABLED, services(state).filter(Unit::isEnabled)
                .map(unit -> check(Kind.ENABLED, service(unit), "enabled")));
        put(Kind.USER, state.accounts().users().stream()
                .map(user -> check(Kind.USER, user.name(), String.valueOf(user.uid()))));
        put(Kind.GROUP, state.accounts().groups().stream()
                .map(group -> check(Kind.GROUP, group.name(), String.valueOf(group.gid()))));
        put(Kind.SYSCTL, state.sysctls().values().entrySet().stream()
                .filter(entry -> entry.getKey().matches("(vm|net\\.ipv4\\.conf\\.(all|default))\\.[a-z_]+"))
                .filter(entry -> entry.getValue().matches("\\d{1,9}"))
                .map(entry -> check(Kind.SYSCTL, entry.getKey(), entry.getValue())));
        put(Kind.PORT, state.sockets().listening()
                .filter(socket -> socket.protocol() == Socket.Protocol.TCP)
                .filter(socket -> socket.local().address().equals("0.0.0.0"))
                .flatMap(socket -> socket.local().port().stream().boxed())
                .map(port -> check(Kind.PORT, String.valueOf(port), "listening")));
        put(Kind.MOUNT, state.mounts().all().stream()
                .filter(mount -> mount.target().matches("/|/run|/dev/shm|/run/lock|/tmp|/sys/fs/cgroup"))
                .map(mount -> check(Kind.MOUNT, mount.target(), "mounted")));
    }

    private void put(Kind kind, Stream<Check> checks) {
        stock.put(kind, new ArrayDeque<>(checks.distinct().sorted((a, b) -> a.name().compareTo(b.name())).toList()));
    }

    private static Check check(Kind kind, String name, String expected) {
        return new Check(kind, name, expected);
    }

    /** Instances and aliases are named differently by different tools. */
    private static Stream<Unit> services(HostState state) {
        return state.units().all().stream()
                .filter(unit -> unit.kind().equals("service") && !unit.name().contains("@"));
    }

    private static String service(Unit unit) {
        return unit.name().substring(0, unit.name().lastIndexOf('.'));
    }

    /**
     * Returns the first checks of the mix; a kind that is used up gives its turn to the next.
     *
     * @throws HarnessException when the host has not as many properties
     */
    List<Check> first(int count) {
        Map<Kind, Deque<Check>> left = new EnumMap<>(Kind.class);
        stock.forEach((kind, checks) -> left.put(kind, new ArrayDeque<>(checks)));
        List<Check> chosen = new ArrayList<>();
        for (int turn = 0; chosen.size() < count; turn++) {
            if (left.values().stream().allMatch(Deque::isEmpty)) {
                throw new HarnessException(
                        HarnessException.Kind.STEP,
                        "The host has only " + chosen.size() + " properties to check.", "", "take a bigger host");
            }
            Deque<Check> next = left.getOrDefault(MIX.get(turn % MIX.size()), new ArrayDeque<>());
            if (!next.isEmpty()) {
                chosen.add(next.removeFirst());
            }
        }
        return chosen;
    }
}
