package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.probe.Protocol;
import me.wingu.boma.harness.probe.Service;
import me.wingu.boma.harness.state.Socket;
import me.wingu.boma.harness.state.Sockets;
import me.wingu.boma.harness.state.UnixSocket;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on the sockets of a host.
 *
 * <pre>{@code
 * assertThat(vm.sockets()).listensOn(tcp(22));                       // passes when sshd runs
 * assertThat(vm.sockets()).listensOnlyOn(tcp(22), udp(51820));       // fails when 80/tcp is open too
 * assertThat(vm.sockets()).listener(tcp(22)).isOnEveryAddress();     // fails when sshd has a ListenAddress
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class SocketsAssert extends StateAssert<SocketsAssert, Sockets> {

    /** Creates the assertions. */
    public SocketsAssert(Sockets actual) {
        super(actual, SocketsAssert.class, Wording.title(actual.host(), "sockets"));
    }

    /** Verifies that something waits on each of these ports, on whatever address. */
    public SocketsAssert listensOn(Door... doors) {
        Wording.requireSome(doors, "port");
        List<Door> silent = Stream.of(doors).filter(door -> on(door).isEmpty()).toList();
        return check(silent.isEmpty(), "Expecting a listener on " + silent + ", but there is none.", listening());
    }

    /** Verifies that nothing waits on any of these ports, on whatever address. */
    public SocketsAssert doesNotListenOn(Door... doors) {
        Wording.requireSome(doors, "port");
        List<Socket> found = Stream.of(doors).flatMap(door -> on(door).stream()).toList();
        return check(found.isEmpty(), "Expecting no listener on " + List.of(doors) + ".", found);
    }

    /** Verifies that these ports, and no others, have a listener that other hosts can reach. */
    public SocketsAssert listensOnlyOn(Door... doors) {
        listensOn(doors);
        Set<Service> expected = Stream.of(doors).map(Door::service).collect(Collectors.toSet());
        List<Socket> others = actual.listening()
                .filter(socket -> !socket.local().isLoopback())
                .filter(socket -> !expected.contains(service(socket)))
                .toList();
        return check(others.isEmpty(), "Expecting listeners on " + List.of(doors) + " only, but there are others.", others);
    }

    /** Verifies that something accepts connections on a Unix socket. */
    public SocketsAssert listensOnUnixSocket(String path) {
        Wording.requireText(path, "path");
        return check(
                actual.unix().stream().anyMatch(socket -> socket.path().equals(path)),
                "Expecting a listener on " + path + ", but there is none.",
                actual.unix().stream().map(UnixSocket::path).toList());
    }

    /** Goes on to what waits on one port; fails when nothing does. */
    public ListenerAssert listener(Door door) {
        List<Socket> found = on(door);
        Optional<List<Socket>> listener = found.isEmpty() ? Optional.empty() : Optional.of(found);
        List<String> around = listening().stream().map(Socket::toString).toList();
        return navigate(
                ListenerAssert.class,
                new Sought<>("the listener on " + door, Wording.title(actual.host(), "sockets"), listener, around),
                ListenerAssert::new);
    }

    private List<Socket> listening() {
        return actual.listening().toList();
    }

    private List<Socket> on(Door door) {
        return actual.listening().filter(socket -> service(socket).equals(door.service())).toList();
    }

    private static Service service(Socket socket) {
        Protocol protocol = socket.protocol() == Socket.Protocol.TCP ? Protocol.TCP : Protocol.UDP;
        return new Service(protocol, socket.local().port().orElse(0));
    }
}
