package me.wingu.boma.harness.rehearsal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.probe.DatagramAnswer;
import me.wingu.boma.harness.probe.HttpAnswer;
import me.wingu.boma.harness.probe.HttpQuestion;
import me.wingu.boma.harness.probe.IpVersion;
import me.wingu.boma.harness.probe.Patience;
import me.wingu.boma.harness.probe.PortState;
import me.wingu.boma.harness.probe.Reach;
import me.wingu.boma.harness.probe.Service;
import me.wingu.boma.harness.probe.SshAnswer;
import me.wingu.boma.harness.probe.SshQuestion;
import me.wingu.boma.harness.probe.TlsAnswer;
import me.wingu.boma.harness.probe.TlsOffers;
import me.wingu.boma.harness.probe.Trial;
import me.wingu.boma.harness.probe.Vantage;

/**
 * Probes a guest through its WireGuard interface, from a real peer beyond it: at the address that the guest has in the
 * mesh, whatever address is asked for. The peer is there for the time of one probe and leaves nothing behind.
 */
final class MeshVantage implements Vantage {

    private static final Duration QUICK = Duration.ofSeconds(30);

    private final String name;
    private final InetAddress source;
    private final String device;
    private final GuestMachine guest;
    private final Vantage peer;

    /**
     * Creates the vantage.
     *
     * @param name the vantage's name
     * @param source the peer's address in the mesh, one that no other peer has
     * @param device the guest's WireGuard interface
     * @param guest the guest; it needs {@code wg}, {@code flock} and Python 3
     */
    MeshVantage(String name, InetAddress source, String device, GuestMachine guest) {
        this.name = name;
        this.source = source;
        this.device = device;
        this.guest = guest;
        this.peer = Vantage.through(name, "ip netns exec boma-mesh", this::runBeyond);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<IpVersion> versions() {
        return Set.of(IpVersion.of(source));
    }

    /** Needs the guest's help to send, so that it sees nothing while the guest is away. */
    @Override
    public boolean isWithinTheHost() {
        return true;
    }

    /** A mesh that is not up lets nobody in; that is an answer, and often the one that is looked for. */
    @Override
    public Reach reach(InetAddress host, Service service, Patience patience) {
        Instant at = Instant.now();
        Optional<InetAddress> address = meshAddress();
        return address.map(inMesh -> peer.reach(inMesh, service, patience))
                .orElseGet(() -> new Reach(
                        host,
                        service,
                        PortState.FILTERED,
                        new Trial(
                                service + " by " + device,
                                name,
                                Optional.of(source),
                                at,
                                1,
                                Duration.between(at, Instant.now()),
                                "the host has no address at " + device + ": its mesh is not up")));
    }

    @Override
    public DatagramAnswer exchange(InetAddress host, int port, ByteBuffer datagram, Patience patience) {
        return peer.exchange(mustHaveAddress(), port, datagram, patience);
    }

    @Override
    public TlsAnswer tls(InetAddress host, int port, String serverName, Patience patience) {
        return peer.tls(mustHaveAddress(), port, serverName, patience);
    }

    @Override
    public TlsOffers tlsOffers(InetAddress host, int port, String serverName, Patience patience) {
        return peer.tlsOffers(mustHaveAddress(), port, serverName, patience);
    }

    @Override
    public HttpAnswer http(InetAddress host, HttpQuestion question, Patience patience) {
        return peer.http(mustHaveAddress(), question, patience);
    }

    @Override
    public SshAnswer ssh(InetAddress host, SshQuestion question, Patience patience) {
        return peer.ssh(mustHaveAddress(), question, patience);
    }

    private InetAddress mustHaveAddress() {
        return meshAddress().orElseThrow(() -> new HarnessException(
                HarnessException.Kind.STEP,
                "Probing from " + name + " failed: the host's mesh is not up.",
                "no address at " + device,
                "see why " + device + " did not come up"));
    }

    private Optional<InetAddress> meshAddress() {
        return guest.run("ip -o -4 addr show dev " + device + " 2>/dev/null").stdout().lines()
                .flatMap(line -> Stream.of(line.split("[ /]+", -1)).dropWhile(word -> !word.equals("inet")).skip(1))
                .findFirst()
                .map(Vantages::address);
    }

    private String runBeyond(String script, Duration deadline) {
        String whole = "device=" + device + "\nsource=" + source.getHostAddress() + "\n" + setUp() + "\n" + script;
        CommandResult result = guest.run(whole, deadline.plus(QUICK));
        if (!result.succeeded()) {
            throw new HarnessException(
                    HarnessException.Kind.STEP,
                    "Probing from " + name + " failed: the peer beyond " + device + " could not be made.",
                    ("exit status " + result.exitStatus() + "\n" + result.stderr()).strip(),
                    "check that the guest has wireguard-tools, flock and python3, and that " + device
                            + " is a WireGuard interface");
        }
        return result.stdout();
    }

    private static String setUp() {
        try (InputStream in = MeshVantage.class.getResourceAsStream("mesh.sh")) {
            byte[] script = Objects.requireNonNull(in, "mesh.sh lies beside this class").readAllBytes();
            return new String(script, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
