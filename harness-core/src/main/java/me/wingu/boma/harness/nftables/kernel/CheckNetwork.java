package me.wingu.boma.harness.nftables.kernel;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.collection.NetworkReader;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import me.wingu.boma.harness.nftables.semantics.Field;

/** The wires and routes of the scratch namespace. */
final class CheckNetwork {

    /** Interfaces that every check has, besides those that the ruleset names. */
    static final List<String> OWN = List.of("boma-in", "boma-out");

    /** Addresses of the namespace itself, of both versions of IP: those of the first interface. */
    static final IpAddress FOUR = IpAddress.of("198.18.0.1");
    static final IpAddress SIX = IpAddress.of("fd98::1");

    private static final String PREPARE = """
            set -e
            ip link set lo up
            cd /proc/sys/net
            echo 1 > ipv4/ip_forward
            for d in all default lo; do
              echo 1 > ipv4/conf/$d/accept_local; echo 0 > ipv4/conf/$d/rp_filter
              echo 1 > ipv4/conf/$d/route_localnet; echo 0 > ipv4/conf/$d/send_redirects
            done
            if [ -d ipv6 ]; then
              echo 1 > ipv6/conf/all/forwarding
              echo 1 > ipv6/conf/default/addr_gen_mode
              echo 0 > ipv6/conf/default/accept_dad
            fi
            """;

    private final ScratchNamespaces namespaces;
    private final List<String> interfaces = new ArrayList<>();

    CheckNetwork(ScratchNamespaces namespaces) {
        this.namespaces = namespaces;
        namespaces.must(true, PREPARE);
        OWN.forEach(name -> add(Set.of(name)));
    }

    /** Returns the packet with the kind of all interfaces here. */
    static Packet onWires(Packet packet) {
        BigInteger kind = InterfaceNames.number("veth"); // coded like a name
        return packet.with(Field.IIF_KIND, kind).with(Field.OIF_KIND, kind);
    }

    List<String> interfaces() {
        return interfaces.stream().filter(name -> !name.isEmpty()).toList();
    }

    /** Adds a wire for each name that has none yet; names that the kernel gives to no interface are left out. */
    void add(Set<String> names) {
        StringBuilder links = new StringBuilder();
        StringBuilder rest = new StringBuilder();
        for (String name : names.stream().sorted().toList()) {
            if (!usable(name) || interfaces.contains(name)) {
                continue;
            }
            int number = interfaces.size();
            interfaces.add(name);
            links.append("link add dev ").append(name).append(" address 02:00:00:00:00:02 type veth peer name w")
                    .append(number).append(" netns ").append(namespaces.outsidePid()).append('\n');
            rest.append("link set dev ").append(name).append(" up\n")
                    .append("addr add 198.18.").append(number / 250).append('.').append(1 + number % 250).append("/32 dev ")
                    .append(name).append("\naddr add fd98::").append(Integer.toHexString(number + 1)).append("/128 dev ")
                    .append(name).append(" nodad\n");
        }
        if (!links.isEmpty()) {
            namespaces.must(true, "ip -force -batch - <<'END' || true\n" + links + rest + "END\n");
            String present = namespaces.must(true, "ls /proc/sys/net/ipv4/conf");
            interfaces.replaceAll(name -> present.lines().anyMatch(name::equals) ? name : "");
            namespaces.must(false, "for i in $(ls /proc/sys/net/ipv4/conf); do case $i in w*) ip link set dev $i up;; esac; done");
        }
    }

    private static boolean usable(String name) {
        return name.matches("[A-Za-z0-9_.:@+-]{1,15}") && !Set.of("lo", ".", "..", "all", "default").contains(name)
                && !name.startsWith("-");
    }

    /** Returns the other end of an interface's wire. */
    String outerEnd(String name) {
        return "w" + interfaces.indexOf(name);
    }

    /** Points all routes the way that packets of this mode shall take, and returns the network as it then is. */
    HostNetwork route(Mode mode, String output) {
        String device = mode == Mode.INPUT ? "lo table local" : output;
        String type = mode == Mode.INPUT ? "local " : "";
        namespaces.must(true, """
                ip route del local default dev lo table local 2>/dev/null
                ip -6 route del local default dev lo table local 2>/dev/null
                ip route replace %1$sdefault dev %2$s && { ip -6 route replace %1$sdefault dev %2$s || true; }
                """.formatted(type, device));
        return read();
    }

    private HostNetwork read() {
        Map<String, String> sysctls = new LinkedHashMap<>();
        sysctls.put("net.ipv4.ip_forward", "1");
        sysctls.put("net.ipv6.conf.all.forwarding", "1");
        sysctls.put("net.ipv4.conf.all.route_localnet", "1");
        return new NetworkReader().read(
                json("ip -j addr"), json("ip -4 -j route show table all"), json("ip -6 -j route show table all"),
                json("ip -4 -j rule"), json("ip -6 -j rule"), sysctls);
    }

    private String json(String command) {
        ScratchNamespaces.Result result = namespaces.shell(true, command, Optional.empty());
        return result.succeeded() ? result.output() : "";
    }
}
