package me.wingu.boma.harness.nftables.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.ScratchNamespace;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel")
class CollectorIT {

    @Test
    void should_recover_iptables_rules_of_a_network_namespace() throws IOException, InterruptedException {
        String rules = """
                ip link add dev uplink type veth peer name uplink-end
                nft 'add table inet own; add chain inet own c; add rule inet own c iif "uplink" accept'
                iptables-nft -A INPUT -m addrtype --dst-type LOCAL -j ACCEPT
                iptables-nft -A INPUT -m recent --name x --update -j DROP
                """;

        CollectedFirewall firewall = new Collector().read(ScratchNamespace.run(rules + new Collector().script()));

        assertThat(firewall.ruleset().rules().map(rule -> rule.text()))
                .anySatisfy(text -> assertThat(text).startsWith("fib daddr type local"))
                .anySatisfy(text -> assertThat(text).startsWith("xt match recent"))
                .anySatisfy(text -> assertThat(text).startsWith("iif uplink"));
    }

    @Test
    void should_read_the_parameters_of_a_network_namespace() throws IOException, InterruptedException {
        String links = """
                ip link add dev uplink.7 type veth peer name uplink-end
                echo 0 > /proc/sys/net/ipv4/ip_forward
                echo 1 > /proc/sys/net/ipv4/conf/uplink.7/route_localnet
                """;

        HostNetwork network = new Collector().read(ScratchNamespace.run(links + new Collector().script())).network();

        assertThat(network.sysctls()).containsEntry("net.ipv4.ip_forward", "0");
        assertThat(network.routesLoopback("uplink.7")).contains(true);
        assertThat(network.routesLoopback("uplink-end")).contains(false);
    }
}
