package me.wingu.boma.harness.state.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Link;
import me.wingu.boma.harness.state.Socket;
import me.wingu.boma.harness.state.Subject;
import me.wingu.boma.harness.state.Unit;
import me.wingu.boma.harness.state.UnitStart;

/** Looks for the socket that the operator's packets reach, and for what will open it after a reboot. */
final class Listener {

    private static final int SSH = 22;
    private static final Set<String> TUNNELS = Set.of(
            "wireguard", "tun", "gre", "gretap", "ip6gre", "ip6gretap", "ipip", "ip6tnl", "sit", "vti", "vti6", "xfrm", "vxlan", "geneve");
    private static final String NEVER = "/etc/ssh/sshd_not_to_be_run:";
    /** Options of sshd that change neither where it listens nor whom it lets in (sshd(8)), behind a file, a key and a program. */
    private static final Pattern HARMLESS = Pattern.compile("[^:]*:\\s*(?:EnvironmentFile\\s*=\\s*-?/etc/default/ssh"
            + "|(?:ExecStart|SSHD_OPTS)\\s*=[\"'\\s]*(?:/usr/sbin/sshd)?(?:\\s*(?:-[Deqr]+|-u\\d*|\\$\\{?SSHD_OPTS}?))*"
            + "|Environment\\s*=(?!.*SSHD_OPTS).*)[\"'\\s]*");
    private static final String OPTIONS = "/etc/default/ssh:";

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
        String lacks = (link.get().carrier() ? "" : ", without a carrier") + (address ? "" : ", without an address");
        return link.get().up() && lacks.isEmpty()
                ? List.of()
                : List.of(new Obstacle(Obstacle.Part.INTERFACE, link.get() + lacks));
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
        List<Socket> onPort = onPort();
        List<String> addresses = path.addresses(state);
        if (addresses.isEmpty() ? receives("") : addresses.stream().anyMatch(this::receives)) {
            return List.of();
        }
        String seen = onPort.isEmpty()
                ? "nothing waits on " + path.port() + "/tcp; " + unit("ssh.service")
                : "only " + onPort + ", none of which receives from " + path.device();
        return List.of(new Obstacle(Obstacle.Part.LISTENER, seen));
    }

    private List<Socket> onPort() {
        return state.sockets().listeningOn(Socket.Protocol.TCP, path.port()).toList();
    }

    /** Returns whether somebody waits for what is sent to this address of the host. */
    boolean receives(String address) {
        Socket.Family family = path.six() ? Socket.Family.IPV6 : Socket.Family.IPV4;
        return onPort().stream()
                .filter(socket -> socket.local().device().filter(d -> !d.equals(path.device())).isEmpty())
                .anyMatch(socket -> socket.families().contains(family)
                        && (socket.local().isWildcard() || socket.local().address().equals(address)));
    }

    /** Returns whether somebody will wait after a reboot for what is sent to this address of the host, as far as that is known. */
    boolean willReceive(String address) {
        List<String> hosts = onPort(atBoot()).toList();
        return hosts.isEmpty() || hosts.contains(path.six() ? "::" : "0.0.0.0") || hosts.contains(address);
    }

    /** Where somebody listens at boot: systemd in place of sshd, or sshd; none when that is not known. */
    private List<String> atBoot() {
        Optional<Unit> socket = activated();
        return socket.isPresent() ? opens(socket.get()) : state.sshd().listenAddresses();
    }

    private Stream<String> onPort(List<String> addresses) {
        return addresses.stream().filter(address -> address.endsWith(":" + path.port())).map(Listener::host);
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
        if (socket.isPresent() && opens(socket.get()).isEmpty()) {
            obstacles.addAll(unknown(socket.get()));
            return obstacles;
        }
        obstacles.addAll(started(socket.isPresent()));
        String who = socket.isPresent() ? "ssh.socket" : "sshd";
        List<String> all = atBoot();
        List<String> addresses = onPort(all).toList();
        if (!all.isEmpty() && addresses.isEmpty()) {
            obstacles.add(new Obstacle(
                    Obstacle.Part.LISTENER, who + " will listen on " + all + ", not on " + path.port() + "/tcp"));
        } else if (!addresses.isEmpty() && !addresses.contains(path.six() ? "::" : "0.0.0.0")) {
            if (addresses.stream().noneMatch(this::isOurs)) {
                obstacles.add(new Obstacle(
                        Obstacle.Part.LISTENER, who + " will listen on " + addresses + " only, not on " + path.device()));
            } else if (link.filter(l -> TUNNELS.contains(l.kind())).isPresent()) {
                obstacles.add(new Obstacle(
                        Obstacle.Part.LISTENER,
                        (who.equals("sshd") ? "ListenAddress " : "ListenStream ") + addresses + " is an address of " + path.device()
                                + ", which comes up by itself: " + who + " that starts first has no listener"));
            }
        }
        return obstacles;
    }

    /** What {@code sshd -T} does not tell of the daemon that the next boot starts; Debian's {@code ssh@.service} takes its options, too. */
    private List<Obstacle> started(boolean bySocket) {
        List<Obstacle> obstacles = new ArrayList<>();
        for (String start : state.sshd().starts()) {
            if (start.equals(NEVER)) {
                obstacles.add(new Obstacle(Obstacle.Part.UNIT, "sshd does not start while there is /etc/ssh/sshd_not_to_be_run"));
            } else if ((!bySocket || start.startsWith(OPTIONS)) && !HARMLESS.matcher(start).matches()) {
                obstacles.add(new Obstacle(
                        Obstacle.Part.LISTENER,
                        start.strip() + " starts sshd with options that its configuration does not tell of"));
            }
        }
        return obstacles;
    }

    /** The unit by which systemd opens the port at boot in place of sshd, whose own addresses then say nothing. */
    private Optional<Unit> activated() {
        boolean daemon = state.units().named("ssh.service").filter(Unit::isEnabled).isPresent();
        return state.units().named("ssh.socket").filter(unit -> unit.isEnabled() && !daemon);
    }

    /** Where systemd opens the port; none when that is not known. Debian's own ssh.socket does so on every address. */
    private List<String> opens(Unit socket) {
        Optional<UnitStart> loaded = state.reading(Subject.STARTUP).find().flatMap(startup -> startup.of(socket.name()));
        if (loaded.isPresent() && !loaded.get().listens().isEmpty() && !loaded.get().needsReload()) {
            return loaded.get().listens();
        }
        boolean debians = socket.dropIns().isEmpty() && socket.file().filter(file -> file.startsWith("/etc/")).isEmpty();
        return debians ? List.of("0.0.0.0:" + SSH, "[::]:" + SSH) : List.of();
    }

    private static List<Obstacle> unknown(Unit socket) {
        Stream<String> files = Stream.concat(
                socket.file().stream().filter(file -> file.startsWith("/etc/")), socket.dropIns().stream());
        return List.of(new Obstacle(
                Obstacle.Part.LISTENER,
                "ssh.socket opens at boot what " + files.toList() + " say, which is not known: systemctl start ssh.socket tells"));
    }

    private String unit(String name) {
        return state.units().named(name).map(Unit::toString).orElse("there is no " + name);
    }

    private static String host(String address) {
        int colon = address.lastIndexOf(':');
        return address.substring(0, Math.max(0, colon)).replace("[", "").replace("]", "");
    }
}
