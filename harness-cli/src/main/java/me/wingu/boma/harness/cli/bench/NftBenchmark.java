package me.wingu.boma.harness.cli.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.IpPrefix;
import me.wingu.boma.harness.nftables.RulesetReader;
import me.wingu.boma.harness.nftables.evaluation.Answer;
import me.wingu.boma.harness.nftables.evaluation.Evaluator;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import me.wingu.boma.harness.nftables.proof.Arrivals;
import me.wingu.boma.harness.nftables.proof.Finding;
import me.wingu.boma.harness.nftables.proof.Firewall;
import me.wingu.boma.harness.nftables.proof.Prover;
import me.wingu.boma.harness.nftables.proof.Traffic;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the firewall analysis costs: a long ruleset read and folded, a real host proved, packets evaluated. */
@State(Scope.Benchmark)
@Fork(1)
@API(status = Status.INTERNAL, since = "0.1")
public class NftBenchmark {

    private static final int RULES = 10_000;
    private static final int PACKETS = 4_096;
    private static final Arrivals ANYWHERE = Arrivals.fromAnywhere().newConnections();
    private static final Arrivals WAN = Arrivals.from("eth0").newConnections();
    private static final List<Traffic> CATALOG = List.of(
            Traffic.tcp(80, 443),
            Traffic.udp(3478),
            Traffic.tcp(22).from("198.51.100.10", "2001:db8:10::10"),
            Traffic.ping());

    private final Packet[] packets = new Packet[PACKETS];
    private String synthetic = "";
    private Prover host = new Prover(Firewall.of(new RulesetReader().read("{\"nftables\": []}")).meaning());
    private Evaluator evaluator = new Evaluator(new RulesetReader().read("{\"nftables\": []}"));

    /** Creates the state of a run. */
    public NftBenchmark() {}

    /** Makes the inputs: they are the same in every run. */
    @Setup
    public void prepare() throws IOException {
        synthetic = SyntheticRuleset.json(RULES, 1);
        Firewall firewall = new Firewall(new RulesetReader().read(Resource.text("askari.json")), network());
        host = firewall.prover();
        evaluator = new Evaluator(firewall.meaning());
        Random random = new Random(1);
        for (int i = 0; i < PACKETS; i++) {
            packets[i] = packet(random);
        }
    }

    /** Reads and folds the long ruleset in a fresh Java machine, set up as {@code boma-it nft} sets up its own. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    @Fork(value = 3, jvmArgsAppend = "-XX:TieredStopAtLevel=1")
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    public Finding fold10kCold() {
        return fold();
    }

    /** Reads and folds the long ruleset once more. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    @Warmup(iterations = 3, time = 3)
    @Measurement(iterations = 3, time = 3)
    public Finding fold10kWarm() {
        return fold();
    }

    /** Proves that the host accepts nothing but its catalogue. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    @Warmup(iterations = 3, time = 2)
    @Measurement(iterations = 3, time = 2)
    public Finding proveHost() {
        return host.acceptsOnly(WAN, CATALOG);
    }

    /** Evaluates packets on the host's ruleset. */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    @OperationsPerInvocation(PACKETS)
    @Warmup(iterations = 3, time = 2)
    @Measurement(iterations = 3, time = 2)
    public int packets() {
        int accepted = 0;
        for (Packet packet : packets) {
            accepted += evaluator.verdict(packet) == Answer.ACCEPT ? 1 : 0;
        }
        return accepted;
    }

    /** No synthetic rule is about this source, so that what is measured ends with the fold: no packet is painted. */
    private Finding fold() {
        return Firewall.of(new RulesetReader().read(synthetic))
                .prover()
                .neverAccepts(ANYWHERE, List.of(Traffic.tcp().from("223.255.255.1")));
    }

    private static Packet packet(Random random) {
        int[] ports = {22, 80, 443, 3306, 8080};
        boolean six = random.nextInt(3) == 0;
        IpAddress client = six
                ? IpAddress.of("2001:db8:" + Integer.toHexString(random.nextInt(0x10000)) + "::1")
                : IpAddress.of("203.0." + random.nextInt(256) + "." + random.nextInt(256));
        IpAddress server = IpAddress.of(six ? "2001:db8:5::5" : "203.0.113.5");
        int port = ports[random.nextInt(ports.length)];
        Packet packet = random.nextInt(4) == 0
                ? Packet.udp(client, server, random.nextBoolean() ? 3478 : port)
                : Packet.tcp(client, server, port);
        return packet.withInput("eth0");
    }

    private static HostNetwork network() {
        List<HostNetwork.Link> links = new ArrayList<>();
        List<HostNetwork.Route> routes = new ArrayList<>();
        String[][] addresses = {
            {"lo", "127.0.0.1"}, {"eth0", "203.0.113.5"}, {"eth0", "2001:db8:5::5"},
            {"docker0", "172.17.0.1"}, {"br-proxy", "172.18.0.1"}, {"wt0", "100.99.0.1"}
        };
        for (String[] each : addresses) {
            links.add(new HostNetwork.Link(each[0], links.size() + 1, "ether", Optional.empty(), List.of()));
            routes.add(route(each[1], "local", each[0], "local"));
        }
        routes.add(route("172.17.0.0/16", "unicast", "docker0", "main"));
        routes.add(route("172.18.0.0/16", "unicast", "br-proxy", "main"));
        routes.add(route("100.99.0.0/16", "unicast", "wt0", "main"));
        routes.add(route("0.0.0.0/0", "unicast", "eth0", "main"));
        routes.add(route("::/0", "unicast", "eth0", "main"));
        Map<String, String> sysctls = Map.of("net.ipv4.ip_forward", "1", "net.ipv6.conf.all.forwarding", "0");
        return new HostNetwork(links, routes, List.of(), sysctls);
    }

    private static HostNetwork.Route route(String to, String type, String device, String table) {
        return new HostNetwork.Route(IpPrefix.of(to), type, Optional.of(device), 0, table);
    }
}
