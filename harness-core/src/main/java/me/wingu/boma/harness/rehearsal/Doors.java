package me.wingu.boma.harness.rehearsal;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import me.wingu.boma.harness.probe.Service;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Socket;
import me.wingu.boma.harness.state.Subject;

/** The services that a host offers to others, by its own word: what may be tried from outside. */
final class Doors {

    private Doors() {}

    /** Returns what listens beyond loopback and on no ephemeral port, and the ports that containers publish. */
    static List<Service> of(HostState state) {
        TreeSet<Service> services = new TreeSet<>();
        state.reading(Subject.SOCKETS).find().stream()
                .flatMap(sockets -> sockets.listening())
                .filter(socket -> !socket.local().isLoopback() && !isLinkLocal(socket) && !isEphemeral(socket))
                .flatMap(Doors::service)
                .forEach(services::add);
        state.reading(Subject.CONTAINERS).find().stream()
                .flatMap(containers -> containers.all().stream())
                .flatMap(container -> container.ports().stream())
                .filter(port -> port.hostPort() > 0 && !port.hostAddress().startsWith("127."))
                .flatMap(port -> service(port.protocol(), port.hostPort()))
                .forEach(services::add);
        return List.copyOf(services);
    }

    /** What DHCP clients and name services hold for their own link. */
    private static boolean isLinkLocal(Socket socket) {
        return socket.local().address().startsWith("fe80:") || socket.local().device().isPresent();
    }

    /** UDP sockets on ports of the kernel's own choice wait for answers, not for questions. */
    private static boolean isEphemeral(Socket socket) {
        return socket.protocol() == Socket.Protocol.UDP && socket.local().port().orElse(0) >= 32_768
                && !socket.processes().isEmpty();
    }

    private static Stream<Service> service(Socket socket) {
        return socket.local().port().stream().boxed().flatMap(port -> service(socket.protocol().name(), port));
    }

    private static Stream<Service> service(String protocol, int port) {
        return switch (protocol) {
            case "TCP", "tcp" -> Stream.of(Service.tcp(port));
            case "UDP", "udp" -> Stream.of(Service.udp(port));
            default -> Stream.empty();
        };
    }
}
