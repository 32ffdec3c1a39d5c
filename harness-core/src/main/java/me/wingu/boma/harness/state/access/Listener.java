package me.wingu.boma.harness.state.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Link;
import me.wingu.boma.harness.state.Socket;
import me.wingu.boma.harness.state.Unit;

/** Looks for the socket that the operator's packets reach, and for what will open it after a reboot. */
final class Listener {

    private static final int SSH = 22;
    private static final Set<String> TUNNELS = Set.of("wireguard", "tun", "gre", "ipip", "vxlan");

    private final HostState state;
    private final OperatorPath path;
    private final Optional<Link> link;

    Listener(HostState state, OperatorPath path) {
        this.state = state;
        this.path = path;
        this.link = state.network().link(path.device());
    }

    /** The interface that the operator's packets arrive on. */
    List<Obstacle> device() {
        if (link.isEmpty()) {
            return List.of(new Obstacle(Obstacle.Part.INTERFACE, "there is no " + path.device()));
        }
        boolean address = !path.addresses(state).isEmpty();
        return link.get().up() && address
                ? List.of()
                : List.of(new Obstacle(Obstacle.Part.INTERFACE, link.get() + (address ? "" : ", without an address")));
    }

    /** A tunnel comes back only when an enabled unit makes it; that of WireGuard's own tools is known by name. */
    List<Obstacle> deviceAfterReboot() {
        if (link.isEmpty() || !TUNNELS.contains(link.get().kind())) {
            return device();
        }
        String unit = "wg-quick@" + path.device() + ".service";
        boolean enabled = state.units().named(unit).filter(Unit::isEnabled).isPresent();
        return enabled
                ? List.of()
                : List.of(new Obstacle(
                        Obstacle.Part.UNIT,
                        unit + " is not enabled, and nothing else is known to bring " + path.device() + " up at boot"));
    }

    /** The socket, as it is now. */
    List<Obstacle> now() {
        List<Socket> onPort = state.sockets().listeningOn(Socket.Protocol.TCP, path.port()).toList();
        if (onPort.stream().anyMatch(this::isReachable)) {
            return List.of();
        }
        String seen = onPort.isEmpty()
                ? "nothing waits on " + path.port() + "/tcp; " + unit("ssh.service")
                : "only " + onPort + ", none of which receives from " + path.device();
        return List.of(new Obstacle(Obstacle.Part.LISTENER, seen));
    }

    private boolean isReachable(Socket socket) {
        Socket.Family family = path.six() ? Socket.Family.IPV6 : Socket.Family.IPV4;
        boolean device = socket.local().device().filter(d -> !d.equals(path.device())).isEmpty();
        return device
                && socket.families().contains(family)
                && (socket.local().isWildcard() || isOurs(socket.local().address()));
    }

    private boolean isOurs(String address) {
        return link.stream().flatMap(l -> l.addresses().stream()).anyMatch(a -> a.address().equals(address));
    }

    /** What starts sshd at boot, and whether the addresses that it is told to use will be there by then. */
    List<Obstacle> afterReboot() {
        List<Obstacle> obstacles = new ArrayList<>();
        boolean starts = Stream.of("ssh.service", "ssh.socket")
                .anyMatch(unit -> state.units().named(unit).filter(Unit::isEnabled).isPresent());
        if (!starts) {
            obstacles.add(new Obstacle(
                    Obstacle.Part.UNIT,
                    "neither ssh.service nor ssh.socket is enabled: " + unit("ssh.service") + "; "
                            + unit("ssh.socket")));
        }
        Optional<Unit> socket = activated();
        if (socket.isPresent()) {
            obstacles.addAll(opened(socket.get()));
            return obstacles;
        }
        List<String> all = state.sshd().listenAddresses();
        List<String> addresses =
                all.stream().filter(address -> address.endsWith(":" + path.port())).map(Listener::host).toList();
        if (!all.isEmpty() && addresses.isEmpty()) {
            obstacles.add(new Obstacle(
                    Obstacle.Part.LISTENER, "sshd will listen on " + all + ", not on " + path.port() + "/tcp"));
        } else if (!addresses.isEmpty() && !addresses.contains(path.six() ? "::" : "0.0.0.0")) {
            if (addresses.stream().noneMatch(this::isOurs)) {
                obstacles.add(new Obstacle(
                        Obstacle.Part.LISTENER, "sshd will listen on " + addresses + " only, not on " + path.device()));
            } else if (link.filter(l -> TUNNELS.contains(l.kind())).isPresent()) {
                obstacles.add(new Obstacle(
                        Obstacle.Part.LISTENER,
                        "ListenAddress " + addresses + " is an address of " + path.device()
                                + ", which comes up by itself: sshd that starts first has no listener"));
            }
        }
        return obstacles;
    }

    /** The unit by which systemd opens the port at boot in place of sshd, whose own addresses then say nothing. */
    private Optional<Unit> activated() {
        boolean daemon = state.units().named("ssh.service").filter(Unit::isEnabled).isPresent();
        return state.units().named("ssh.socket").filter(unit -> unit.isEnabled() && !daemon);
    }

    /** Debian's own ssh.socket opens port 22 on every address; what a drop-in makes of it is not read. */
    private List<Obstacle> opened(Unit socket) {
        if (!socket.dropIns().isEmpty()) {
            return List.of(new Obstacle(
                    Obstacle.Part.LISTENER,
                    "ssh.socket opens at boot what " + socket.dropIns() + " say, which is not known"));
        }
        return path.port() == SSH
                ? List.of()
                : List.of(new Obstacle(
                        Obstacle.Part.LISTENER,
                        "ssh.socket opens " + SSH + "/tcp at boot, not " + path.port() + "/tcp"));
    }

    private String unit(String name) {
        return state.units().named(name).map(Unit::toString).orElse("there is no " + name);
    }

    private static String host(String address) {
        int colon = address.lastIndexOf(':');
        return address.substring(0, Math.max(0, colon)).replace("[", "").replace("]", "");
    }
}
