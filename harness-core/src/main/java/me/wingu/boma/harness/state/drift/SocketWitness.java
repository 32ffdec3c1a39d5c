package me.wingu.boma.harness.state.drift;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Socket;
import me.wingu.boma.harness.state.SocketProcess;
import me.wingu.boma.harness.state.Sockets;
import me.wingu.boma.harness.state.Subject;

/** Sockets that wait for clients, by address and port, with who holds them. */
final class SocketWitness implements Witness<Sockets> {

    @Override
    public String name() {
        return "sockets";
    }

    @Override
    public Subject<Sockets> subject() {
        return Subject.SOCKETS;
    }

    @Override
    public Stream<Fact> facts(Sockets sockets, HostState state, HostState other) {
        return sockets.listening()
                .filter(socket -> !isOfTheMoment(socket, state))
                .map(socket -> fact(socket, state));
    }

    private static Fact fact(Socket socket, HostState state) {
        String holders = socket.processes().stream().map(SocketProcess::name).distinct().sorted()
                .collect(Collectors.joining(", "));
        // systemd keeps an activated socket open beside the service that it started for it.
        String holder = socket.isHeldBy("systemd") ? "systemd" : holders.isEmpty() ? "the kernel" : holders;
        String protocol = socket.protocol().name().toLowerCase(Locale.ROOT);
        if (isEphemeral(socket, state) && !holders.isEmpty()) {
            return Fact.of(
                    protocol + " " + socket.local().address() + ", an ephemeral port of " + holder, carrier(socket));
        }
        return Fact.of(protocol + " " + socket.local(), carrier(socket))
                .with("holder", holder)
                .with("families", socket.families().toString());
    }

    /** An unconnected UDP socket on an ephemeral port is most often a question that waits for its answer. */
    private static boolean isOfTheMoment(Socket socket, HostState state) {
        return socket.protocol() == Socket.Protocol.UDP
                && !socket.processes().isEmpty()
                && isEphemeral(socket, state);
    }

    private static boolean isEphemeral(Socket socket, HostState state) {
        int port = socket.local().port().orElse(0);
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
