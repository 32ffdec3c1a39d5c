package me.wingu.boma.harness.state.drift;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Socket;
import me.wingu.boma.harness.state.SocketProcess;
import me.wingu.boma.harness.state.Sockets;
import me.wingu.boma.harness.state.Subject;
import me.wingu.boma.harness.state.WireGuard;

/** Sockets that wait for clients, by address and port, with who holds them. */
final class SocketWitness implements Witness<Sockets> {

    private static final Pattern SESSION = Pattern.compile("session-.+\\.scope");
    private static final Set<String> SSH = Set.of("sshd", "sshd-session");
    /** Those that take any free port below 1024, to be trusted by others' word of them. */
    private static final Set<String> RPC = Set.of("rpc.statd", "rpc.mountd", "rpcbind");

    @Override
    public String name() {
        return "sockets";
    }

    @Override
    public Subject<Sockets> subject() {
        return Subject.SOCKETS;
    }

    @Override
    public Set<Subject<?>> explainedBy() {
        return Set.of(Subject.WIREGUARD);
    }

    @Override
    public Stream<Fact> facts(Sockets sockets, HostState state, HostState other) {
        return sockets.listening()
                .filter(socket -> !isOfTheMoment(socket, state))
                .map(socket -> fact(socket, state, other));
    }

    private static Fact fact(Socket socket, HostState state, HostState other) {
        String holders = String.join(", ", holders(socket, other));
        // systemd keeps an activated socket open beside the service that it started for it.
        String holder = socket.isHeldBy("systemd") ? "systemd" : holders.isEmpty() ? "the kernel" : holders;
        String protocol = socket.protocol().name().toLowerCase(Locale.ROOT);
        if (isEphemeral(socket, state) && !isWireGuard(socket, state)) {
            return Fact.of(protocol + " " + address(socket) + ", an ephemeral port of " + holder, carrier(socket));
        }
        String local = isLinkLocal(socket)
                ? address(socket) + " port " + socket.local().port().orElse(0)
                : socket.local().toString();
        return Fact.of(protocol + " " + local, carrier(socket))
                .with("holder", holder)
                .with("families", socket.families().toString());
    }

    /** A server lends its socket to the processes that it starts for clients; those of both states are its holders. */
    private static Set<String> holders(Socket socket, HostState other) {
        Set<String> mine = names(socket);
        Set<String> both = new TreeSet<>(mine);
        other.reading(Subject.SOCKETS).find().stream()
                .flatMap(Sockets::listening)
                .filter(each -> each.protocol() == socket.protocol() && each.local().equals(socket.local()))
                .findFirst()
                .ifPresent(each -> both.retainAll(names(each)));
        return both.isEmpty() ? mine : both;
    }

    private static Set<String> names(Socket socket) {
        return socket.processes().stream().map(SocketProcess::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** An interface that is made at boot has another link-local address each time: RFC 4291 makes it of the MAC. */
    private static boolean isLinkLocal(Socket socket) {
        return socket.local().address().startsWith("fe80:");
    }

    private static String address(Socket socket) {
        return isLinkLocal(socket)
                ? "fe80::*" + socket.local().device().map(device -> "%" + device).orElse("")
                : socket.local().address();
    }

    private static boolean isWireGuard(Socket socket, HostState state) {
        return wireGuard(socket, state).findAny().isPresent();
    }

    /** The interfaces that wait on this socket; the kernel holds it for them. */
    private static Stream<WireGuard.Device> wireGuard(Socket socket, HostState state) {
        return socket.protocol() == Socket.Protocol.UDP && socket.processes().isEmpty()
                ? state.reading(Subject.WIREGUARD).find().stream()
                        .flatMap(wireGuard -> wireGuard.devices().stream())
                        .filter(device -> device.listenPort() == socket.local().port().orElse(0))
                : Stream.empty();
    }

    /**
     * An unconnected UDP socket on an ephemeral port is most often a question that waits for its answer; a container's
     * end of a wire has another name at each start; a WireGuard interface without a port of its own has another port; and what
     * sshd forwards for a session ends with it.
     */
    private static boolean isOfTheMoment(Socket socket, HostState state) {
        boolean question = socket.protocol() == Socket.Protocol.UDP
                && !socket.processes().isEmpty()
                && isEphemeral(socket, state);
        boolean tunnel = wireGuard(socket, state).anyMatch(WireGuard.Device::ephemeralPort);
        boolean forward = socket.unit().filter(unit -> SESSION.matcher(unit).matches()).isPresent()
                && !socket.processes().isEmpty() // the kernel's, of a tunnel that somebody made in a session
                && SSH.containsAll(names(socket));
        return question || tunnel || forward || (isLinkLocal(socket) && socket.local().device().filter(d -> d.startsWith("veth")).isPresent());
    }

    private static boolean isEphemeral(Socket socket, HostState state) {
        int port = socket.local().port().orElse(0);
        if (port >= 512 && port < 1024 && names(socket).stream().anyMatch(RPC::contains)) {
            return true; // bindresvport(3)
        }
        List<Integer> range = state.reading(Subject.SYSCTLS)
                .find()
                .flatMap(sysctls -> sysctls.value("net.ipv4.ip_local_port_range"))
                .map(value -> Stream.of(value.split(" ", -1)).map(Integer::valueOf).toList())
                .filter(list -> list.size() == 2)
                .orElse(List.of(32768, 60999));
        return port >= range.get(0) && port <= range.get(1);
    }

    private static String carrier(Socket socket) {
        return socket.unit()
                .map(unit -> unit.endsWith(".scope")
                        ? "its process was started by hand, in " + unit + ": no unit starts it at boot"
                        : unit + " held it: see whether it is enabled and came up")
                .orElse("no unit held it");
    }
}
