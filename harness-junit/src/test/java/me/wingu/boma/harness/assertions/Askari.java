package me.wingu.boma.harness.assertions;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import me.wingu.boma.harness.state.Accounts;
import me.wingu.boma.harness.state.AptSettings;
import me.wingu.boma.harness.state.AptSource;
import me.wingu.boma.harness.state.AptSources;
import me.wingu.boma.harness.state.Boot;
import me.wingu.boma.harness.state.CertificateFile;
import me.wingu.boma.harness.state.Certificates;
import me.wingu.boma.harness.state.Container;
import me.wingu.boma.harness.state.ContainerMount;
import me.wingu.boma.harness.state.ContainerNetwork;
import me.wingu.boma.harness.state.Containers;
import me.wingu.boma.harness.state.EngineImage;
import me.wingu.boma.harness.state.EngineNetwork;
import me.wingu.boma.harness.state.EngineVolume;
import me.wingu.boma.harness.state.Endpoint;
import me.wingu.boma.harness.state.FileState;
import me.wingu.boma.harness.state.Group;
import me.wingu.boma.harness.state.HostProcess;
import me.wingu.boma.harness.state.Journal;
import me.wingu.boma.harness.state.JournalEntry;
import me.wingu.boma.harness.state.Link;
import me.wingu.boma.harness.state.Mount;
import me.wingu.boma.harness.state.Mounts;
import me.wingu.boma.harness.state.Network;
import me.wingu.boma.harness.state.Processes;
import me.wingu.boma.harness.state.PublishedPort;
import me.wingu.boma.harness.state.Resolver;
import me.wingu.boma.harness.state.RestartPolicy;
import me.wingu.boma.harness.state.Route;
import me.wingu.boma.harness.state.Socket;
import me.wingu.boma.harness.state.SocketProcess;
import me.wingu.boma.harness.state.Sockets;
import me.wingu.boma.harness.state.SshdConfig;
import me.wingu.boma.harness.state.Startup;
import me.wingu.boma.harness.state.SudoRights;
import me.wingu.boma.harness.state.SudoRule;
import me.wingu.boma.harness.state.Unit;
import me.wingu.boma.harness.state.UnitStart;
import me.wingu.boma.harness.state.Units;
import me.wingu.boma.harness.state.UnixSocket;
import me.wingu.boma.harness.state.User;
import me.wingu.boma.harness.state.WireGuard;
import me.wingu.boma.harness.state.WireGuardPeer;
import me.wingu.boma.harness.state.access.AccessVerdict;
import me.wingu.boma.harness.state.access.Obstacle;
import me.wingu.boma.harness.state.access.OperatorPath;
import me.wingu.boma.harness.state.access.PathVerdict;
import me.wingu.boma.harness.state.drift.Difference;
import me.wingu.boma.harness.state.drift.Drift;

/** A small host, put together by hand, for the tests of assertions. */
final class Askari {

    static final String HOST = "askari after reboot 1";

    private Askari() {}

    static Sockets sockets() {
        return new Sockets(
                HOST,
                List.of(
                        socket(Socket.Protocol.TCP, "0.0.0.0", 22, false, "sshd"),
                        socket(Socket.Protocol.TCP, "::", 22, true, "sshd"),
                        socket(Socket.Protocol.TCP, "127.0.0.1", 5432, false, "postgres"),
                        socket(Socket.Protocol.TCP, "::", 443, false, "caddy")),
                List.of(new UnixSocket("/run/docker.sock")));
    }

    private static Socket socket(Socket.Protocol protocol, String address, int port, boolean v6only, String process) {
        return new Socket(
                protocol,
                "LISTEN",
                new Endpoint(address, Optional.empty(), OptionalInt.of(port)),
                new Endpoint(address.contains(":") ? "::" : "0.0.0.0", Optional.empty(), OptionalInt.empty()),
                v6only,
                List.of(new SocketProcess(process, 1)),
                Optional.of(process + ".service"));
    }

    static Containers containers() {
        return new Containers(
                HOST,
                List.of(
                        container(Container.Engine.DOCKER, "web", "running", "unless-stopped"),
                        container(Container.Engine.DOCKER, "once", "exited", "no")),
                List.of(
                        new EngineImage(
                                Container.Engine.DOCKER, "sha256:cafe", List.of("docker.io/library/caddy:latest"), 50 << 20),
                        new EngineImage(Container.Engine.DOCKER, "sha256:beef", List.of(), 1)),
                List.of(new EngineVolume(Container.Engine.DOCKER, "data", "local", "/var/lib/docker/volumes/data/_data")),
                List.of(network("bridge", "172.17.0.0/16"), network("edge", "172.18.0.0/16")));
    }

    private static EngineNetwork network(String name, String subnet) {
        return new EngineNetwork(Container.Engine.DOCKER, name, "bridge", false, List.of(subnet));
    }

    /** One container of Podman's. */
    static Containers podman(String policy) {
        List<Container> all = List.of(container(Container.Engine.PODMAN, "web", "running", policy));
        return new Containers(HOST, all, List.of(), List.of(), List.of());
    }

    private static Container container(Container.Engine engine, String name, String state, String policy) {
        return new Container(
                engine,
                "0123",
                name,
                name + ":1",
                "sha256:00",
                state,
                state.equals("running") ? 0 : 3,
                "",
                Optional.of(new Container.Health("unhealthy", 2, "connection refused")),
                0,
                new RestartPolicy(policy, 0),
                false,
                "",
                List.of(new PublishedPort("0.0.0.0", 8080, 80, "tcp", false)),
                List.of(new ContainerMount("volume", "data", "/data", true)),
                "bridge",
                List.of(new ContainerNetwork("bridge", Optional.of("172.17.0.2"), Optional.empty())),
                List.of("started", "no database"));
    }

    static Units units() {
        return new Units(
                HOST,
                List.of(
                        unit("docker.service", "active", "running", Unit.Enablement.DISABLED),
                        unit("sshd.service", "active", "running", Unit.Enablement.ALIAS),
                        unit("ssh.service", "active", "running", Unit.Enablement.ENABLED),
                        unit("web.service", "failed", "failed", Unit.Enablement.ENABLED)));
    }

    private static Unit unit(String name, String active, String sub, Unit.Enablement enablement) {
        String file = "/usr/lib/systemd/system/" + name;
        return new Unit(name, "loaded", active, sub, name, enablement, Optional.of(file), List.of());
    }

    static Startup startup() {
        return new Startup(HOST, List.of(start("docker.service", 5000, 9000, 2), start("nftables.service", 1000, 1500, 0)));
    }

    private static UnitStart start(String name, int began, int up, int restarts) {
        return new UnitStart(
                name, "notify", "success", 0, restarts, OptionalInt.empty(), Optional.of(Duration.ofMillis(began)),
                Optional.of(Duration.ofMillis(up)), Set.of("basic.target"), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(),
                List.of(), false, false, List.of(), Optional.empty());
    }

    static Accounts accounts() {
        User claude = new User(
                "claude", 1001, "claude", Set.of("claude", "docker"), "/home/claude", "/bin/bash", User.Password.LOCKED, false,
                false, false, OptionalInt.of(90), OptionalInt.empty());
        return new Accounts(HOST, List.of(claude), List.of(new Group("docker", 101, Set.of("claude"))));
    }

    static AptSources aptSources() {
        return new AptSources(
                HOST, List.of(new AptSource("https://deb.example/debian/", "trixie", "main", "/etc/apt/sources.list:1")));
    }

    static AptSettings aptSettings() {
        return new AptSettings(HOST, List.of(new AptSettings.Setting("APT::Periodic::Unattended-Upgrade", "1")));
    }

    static SudoRights sudo() {
        return new SudoRights(
                HOST,
                Map.of(
                        "claude", List.of(new SudoRule(List.of("ALL"), false, List.of("ALL"), "/etc/sudoers.d/claude")),
                        "sjat", List.of(new SudoRule(List.of("ALL"), true, List.of("ALL"), "/etc/sudoers"))),
                Map.of());
    }

    static SshdConfig sshd() {
        return new SshdConfig(
                HOST,
                Map.of(
                        "passwordauthentication", List.of("yes"),
                        "kbdinteractiveauthentication", List.of("no"),
                        "permitrootlogin", List.of("no"),
                        "listenaddress", List.of("0.0.0.0:22", "[::]:22")),
                List.of(new SshdConfig.MatchBlock(
                        "User backup",
                        Map.of("kbdinteractiveauthentication", List.of("yes"), "permitrootlogin", List.of("no")))),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new SshdConfig.Pam(List.of(), List.of(), List.of()));
    }

    static Mounts mounts() {
        return new Mounts(
                HOST,
                List.of(new Mount("/", "/dev/vda", "ext4", "/", Set.of("rw"), Set.of("rw"))),
                Map.of("/", new Mounts.Usage(1000, 50, 0, 0)),
                List.of(),
                Map.of(),
                Set.of("/"));
    }

    static Network network() {
        Link eth0 = new Link(
                "eth0", "", true, true, 1500, Optional.empty(), Optional.empty(), Map.of(),
                List.of(new Link.Address("10.0.2.15", 24, "global", true)));
        Route route = new Route(
                Socket.Family.IPV4, "default", "unicast", Optional.of("10.0.2.2"), Optional.of("eth0"), Optional.empty(),
                "main", "dhcp", 0, List.of());
        return new Network(HOST, List.of(eth0), List.of(route), List.of());
    }

    static Boot boot() {
        return new Boot(
                HOST, "id-1", "6.12.57-cloud", "root=/dev/vda quiet", Duration.ofSeconds(60), Instant.EPOCH, "askari",
                Optional.of("askari"), Optional.of("Etc/UTC"), Map.of("ID", "debian"), 0, Optional.of("starting"),
                Optional.empty(), Optional.empty());
    }

    static Journal journal() {
        JournalEntry entry = new JournalEntry(
                Duration.ofMillis(12_345), 3, Optional.of("docker.service"), "dockerd", "failed to start daemon");
        return new Journal(HOST, List.of(entry));
    }

    static Resolver resolver() {
        return new Resolver(
                HOST,
                List.of("127.0.0.53"),
                List.of(),
                List.of(),
                List.of(new Resolver.HostsEntry("77.42.120.136", List.of("netbird.example"))),
                Map.of("netbird.example", List.of("77.42.120.136")));
    }

    static Certificates certificates() {
        CertificateFile file = new CertificateFile(
                "/etc/ssl/web.crt", "CN=web.example", "CN=ca", List.of("web.example"), Instant.EPOCH,
                Instant.EPOCH.plusSeconds(60), false);
        return new Certificates(HOST, List.of(file));
    }

    static WireGuard wireGuard() {
        WireGuardPeer peer = new WireGuardPeer(
                "wt0", "KEY=", Optional.empty(), List.of("100.99.0.7/32"), OptionalInt.empty(), false, Optional.empty(), 0, 0);
        return new WireGuard(HOST, List.of(new WireGuard.Device("wt0", "OWN=", 51820, false, "off")), List.of(peer));
    }

    static Processes processes() {
        HostProcess caddy = new HostProcess(
                7, 1, "root", "S", 100, Duration.ofSeconds(5), Optional.of("caddy.service"), "caddy", "caddy run");
        return new Processes(HOST, List.of(caddy));
    }

    static Drift drift() {
        return new Drift(
                "askari before reboot 1",
                HOST,
                List.of(new Difference(
                        Difference.Kind.LOST, "routes", "192.0.2.0/24 via 10.0.2.2", "present", "", "it was added by hand")));
    }

    static FileState file() {
        return new FileState(
                HOST, "/etc/sudoers.d/claude", "file", "0644", "root", "root", 11, "", Optional.of("claude ALL\n"),
                Optional.of("a20aa5a4"));
    }

    /** The operator gets in by two paths now, and by one of them after a reboot. */
    static AccessVerdict access() {
        return new AccessVerdict(HOST, "ansible", List.of(
                new PathVerdict(OperatorPath.ssh("admin", "198.51.100.7", "eth0"), List.of(), List.of()), byMesh()));
    }

    static AccessVerdict lockedOut() {
        return new AccessVerdict(HOST, "ansible", List.of(byMesh()));
    }

    private static PathVerdict byMesh() {
        Obstacle late = new Obstacle(Obstacle.Part.INTERFACE, "the tunnel is not there at boot");
        return new PathVerdict(OperatorPath.ssh("mesh", "100.99.0.7", "wt0"), List.of(), List.of(late));
    }
}
