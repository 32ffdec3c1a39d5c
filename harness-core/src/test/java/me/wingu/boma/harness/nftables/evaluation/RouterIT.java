package me.wingu.boma.harness.nftables.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.IpPrefix;
import me.wingu.boma.harness.nftables.ScratchNamespace;
import me.wingu.boma.harness.nftables.collection.Collector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Drawn routes, and what the kernel says of where an address leads: {@code ip route get} in a namespace of its own. */
@Tag("kernel")
class RouterIT {

    private static final int ROUTES = 60;
    private static final int QUESTIONS = 250;
    private static final List<String> DEVICES = List.of("left", "right", "far");
    private static final List<String> CLOSED = List.of("blackhole", "unreachable", "prohibit");

    private final List<String> script = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void should_lead_where_the_kernel_leads(int version) throws IOException, InterruptedException {
        Random random = new Random(version);
        draw(random, version);
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            asked.add(address(random, version));
        }
        asked.forEach(address -> script.add("echo \"" + address + " $(ip -j route get " + address + " 2>/dev/null)\""));
        script.add(new Collector().script());
        String output = ScratchNamespace.run(String.join("\n", script));
        HostNetwork network = new Collector().read(output).network();
        Map<String, String> answers = output.lines()
                .limit(QUESTIONS)
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(field -> field[0], field -> field[1], (first, same) -> first));
        Router router = new Router(network);

        int certain = 0;
        for (String address : asked) {
            Packet packet = Packet.udp(IpAddress.of(version == 4 ? "192.0.2.9" : "2001:db8::9"), IpAddress.of(address), 9);
            Router.Leg leg = router.leg(new PacketState(packet, new Choices(), false));
            String kernel = answers.get(address);
            certain += leg.fate() == Router.Fate.SOMEWHERE ? 0 : 1;
            assertThat(kernel).as("%s by %s", address, network.routes()).satisfies(answer -> {
                switch (leg.fate()) {
                    case HERE -> assertThat(answer).contains("\"type\":\"local\"");
                    case THROUGH -> assertThat(answer)
                            .contains("\"dev\":\"" + InterfaceNames.name(leg.device()).orElseThrow() + '"')
                            .doesNotContain("\"type\":\"local\"");
                    case SOMEWHERE -> assertThat(answer).containsAnyOf("\"dev\":\"left\"", "\"dev\":\"right\"");
                    case NOWHERE -> assertThat(answer).doesNotContain("\"dev\":\"l", "\"dev\":\"r", "\"dev\":\"f");
                }
            });
        }
        assertThat(certain).as("questions that the model answered").isBetween(QUESTIONS / 2, QUESTIONS - 1);
    }

    /** Every way to set the two parameters that let packets for the loopback network in. */
    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "1, 0", "1, 1"})
    void should_refuse_the_loopback_network_where_the_kernel_does(int all, int own) throws IOException, InterruptedException {
        draw(new Random(4), 4);
        script.add("echo " + all + " > /proc/sys/net/ipv4/conf/all/route_localnet");
        script.add("echo " + own + " > /proc/sys/net/ipv4/conf/left/route_localnet");
        script.add("echo \"kernel: $(ip -j route get 127.0.0.1 from 10.100.0.9 iif left 2>&1)\"");
        script.add(new Collector().script());
        String output = ScratchNamespace.run(String.join("\n", script));
        Router router = new Router(new Collector().read(output).network());
        Packet packet = Packet.udp(IpAddress.of("10.100.0.9"), IpAddress.of("127.0.0.1"), 9).withInput("left");

        boolean refused = router.refuses(new PacketState(packet, new Choices(), false));

        assertThat(output.lines().findFirst().orElseThrow().contains("\"type\":\"local\"")).isEqualTo(!refused);
    }

    /** A transparent proxy's table delivers what is marked, and nothing else. */
    @Test
    void should_leave_open_what_routing_rules_deliver() throws IOException, InterruptedException {
        draw(new Random(4), 4);
        script.add("ip rule add fwmark 1 lookup 100");
        script.add("ip route add local default dev lo table 100");
        script.add("echo \"$(ip -j route get 10.101.0.9 from 10.100.0.9 iif left mark 1)\"");
        script.add("echo \"$(ip -j route get 10.101.0.9 from 10.100.0.9 iif left)\"");
        script.add(new Collector().script());
        String output = ScratchNamespace.run(String.join("\n", script));
        Router router = new Router(new Collector().read(output).network());
        Choices choices = new Choices();
        PacketState packet = new PacketState(
                Packet.udp(IpAddress.of("10.100.0.9"), IpAddress.of("10.101.0.9"), 9).withInput("left"), choices, false);

        assertThat(output.lines().limit(2).map(line -> line.contains("\"type\":\"local\""))).containsExactly(true, false);
        assertThat(router.leg(packet).fate()).isEqualTo(Router.Fate.HERE);
        assertThat(choices.next()).isTrue();
        choices.rewind();
        assertThat(router.leg(packet).fate()).isEqualTo(Router.Fate.SOMEWHERE);
    }

    private void draw(Random random, int version) {
        script.add("ip link set lo up");
        for (int i = 0; i < DEVICES.size(); i++) {
            String device = DEVICES.get(i);
            script.add("ip link add dev " + device + " type veth peer name " + device + "-end");
            script.add("ip link set dev " + device + " up");
            script.add("ip link set dev " + device + "-end up");
            script.add(version == 4
                    ? "ip addr add 10.10" + i + ".0.1/16 dev " + device
                    : "ip -6 addr add fd00:10" + i + "::1/32 dev " + device + " nodad");
        }
        for (int i = 0; i < ROUTES; i++) {
            String to = prefix(random, version);
            String table = random.nextInt(5) == 0 ? " table default" : "";
            String options = to + table + " metric " + (1 + random.nextInt(4));
            script.add("ip -" + version + " route add " + switch (random.nextInt(6)) {
                case 0 -> CLOSED.get(random.nextInt(CLOSED.size())) + " " + options;
                case 1 -> options + (version == 4
                        ? " nexthop via 10.100.0.2 dev left nexthop via 10.101.0.2 dev right"
                        : " nexthop via fd00:100::2 dev left nexthop via fd00:101::2 dev right");
                default -> options + " dev " + DEVICES.get(random.nextInt(DEVICES.size()));
            } + " 2>/dev/null");
        }
        script.add("ip link set dev far-end down");
    }

    /** Few bits differ, so that prefixes hold each other and the questions hit them. */
    private static String address(Random random, int version) {
        int first = random.nextInt(4);
        int second = random.nextInt(4);
        int third = random.nextInt(4);
        return version == 4
                ? "10." + (100 + first) + "." + second + "." + third
                : "fd00:10" + first + ":" + second + "::" + third;
    }

    private static String prefix(Random random, int version) {
        List<Integer> lengths = version == 4 ? List.of(8, 14, 15, 16, 22, 23, 24, 30, 31, 32) : List.of(16, 30, 32, 47, 48, 127, 128);
        int length = lengths.get(random.nextInt(lengths.size()));
        IpAddress address = IpAddress.of(address(random, version));
        return new IpPrefix(address, length).toString();
    }
}
