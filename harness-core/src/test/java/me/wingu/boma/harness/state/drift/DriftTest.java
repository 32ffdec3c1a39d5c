package me.wingu.boma.harness.state.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.RecordedHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What counts as drift, what does not, and what each loss is called. */
class DriftTest {

    private static final String ACTIVE_ECHO = "{\"unit\":\"manual-echo.service\",\"load\":\"loaded\",\"active\":\"active\","
            + "\"sub\":\"running\",\"description\":\"Echo\"}";
    private static final String HAND_TIMER = "{\"unit\":\"handtimer.timer\",\"load\":\"loaded\",\"active\":\"active\","
            + "\"sub\":\"waiting\",\"description\":\"by hand\"}";

    /** Something that was done by hand before the reboot, and how its loss is told. */
    record Loss(String what, UnaryOperator<RecordedHost> planted, String told) {

        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Loss> losses() {
        return Stream.of(
                new Loss(
                        "rule",
                        host -> host.replace("nftables", "\t\ttcp dport { 80, 443 } accept\n", "\t\ttcp dport { 80, 443 } accept\n\t\ttcp dport 9999 accept\n"),
                        """
                        lost firewall: rule in inet filter input: tcp dport 9999 accept
                          it was added by hand: write it to /etc/nftables.conf, and see that nftables.service is enabled"""),
                new Loss(
                        "sysctl",
                        host -> host.replace("sysctls", "vm.swappiness = 60", "vm.swappiness = 17"),
                        """
                        changed kernel parameters: vm.swappiness: 17 -> 60
                          sysctl -w alone lasts until the reboot: write vm.swappiness to /etc/sysctl.d/*.conf"""),
                new Loss(
                        "address",
                        host -> host.replace("network", "\"addr_info\":[{\"family\":\"inet\",\"local\":\"10.0.2.15\"",
                                "\"addr_info\":[{\"family\":\"inet\",\"local\":\"10.77.0.1\",\"prefixlen\":24,\"scope\":\"global\"},"
                                        + "{\"family\":\"inet\",\"local\":\"10.0.2.15\""),
                        """
                        lost interfaces: address 10.77.0.1/24 on eth0
                          /etc/network/interfaces, /etc/netplan or /etc/systemd/network"""),
                new Loss(
                        "container",
                        host -> host.replace("docker", "\"Status\":\"exited\"", "\"Status\":\"running\""),
                        """
                        lost containers: once running
                          its restart policy is "no": docker update --restart unless-stopped once"""),
                new Loss(
                        "rule of TCP wrappers",
                        host -> host.replace("sshd", "=key\n", "=wrappers\n/etc/hosts.deny:sshd: 203.0.113.\n=key\n"),
                        """
                        lost sshd: /etc/hosts.deny: sshd: 203.0.113.
                          /etc/hosts.deny"""),
                new Loss(
                        "settings for some connections",
                        host -> host.replace("sshd", "}\n=key\n", "Match User claude\nPasswordAuthentication no\n}\n=key\n"),
                        """
                        lost sshd: Match User claude: passwordauthentication no
                          /etc/ssh/sshd_config"""),
                new Loss(
                        "unit",
                        host -> host.replace("units", "[{\"unit\"", "[" + ACTIVE_ECHO + ",{\"unit\""),
                        """
                        lost units: manual-echo.service active
                          it was started, but is not enabled: systemctl enable manual-echo.service"""),
                new Loss(
                        "route",
                        host -> host.replace("network", "{\"dst\":\"100.99.0.0/16\"",
                                "{\"dst\":\"192.0.2.0/24\",\"gateway\":\"10.0.2.2\",\"dev\":\"eth0\",\"protocol\":\"boot\",\"flags\":[]},"
                                        + "{\"dst\":\"100.99.0.0/16\""),
                        """
                        lost routes: 192.0.2.0/24 via 10.0.2.2 dev eth0
                          it was added by hand (ip route): write it to /etc/network/interfaces or /etc/systemd/network"""),
                new Loss(
                        "mount",
                        host -> host.replace("mounts", "=mountinfo\n", "=mountinfo\n300 29 0:70 / /mnt/x rw,relatime - tmpfs none rw\n"),
                        """
                        lost mounts: /mnt/x
                          it is not in /etc/fstab: add it there, or write a .mount unit"""),
                new Loss(
                        "hosts entry",
                        host -> host.replace("resolver", "=hosts\n", "=hosts\n10.9.9.9 pinned.example\n")
                                .replace("mounts", "=mountinfo\n", "=mountinfo\n301 29 0:25 /hosts /etc/hosts rw - tmpfs tmpfs rw\n"),
                        """
                        lost names: hosts entry 10.9.9.9 pinned.example
                          /etc/hosts lay in memory (tmpfs mounted on /etc/hosts): write to the file on the disk"""),
                new Loss(
                        "group",
                        host -> host.replace("users", "cron:x:101:\n", "cron:x:101:ansible\n"),
                        """
                        lost accounts: user ansible in group cron
                          /etc/group"""),
                new Loss(
                        "timer",
                        host -> host.replace("units", "[{\"unit\"", "[" + HAND_TIMER + ",{\"unit\"")
                                .replace("units", "\n=files\n", "\n=files\nf /run/systemd/transient/handtimer.timer \n"),
                        """
                        lost units: handtimer.timer active
                          systemd-run made it: write a unit to /etc/systemd/system and enable it"""));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void should_name_what_was_lost_and_what_should_have_carried_it(Loss loss) {
        HostState before = loss.planted().apply(new RecordedHost()).state("askari before reboot 1");
        HostState after = new RecordedHost().state("askari after reboot 1");

        assertThat(Drift.between(before, after).differences()).extracting(Difference::toString).contains(loss.told());
    }

    @Test
    void should_be_empty_when_only_the_things_of_a_boot_differ() {
        HostState before = new RecordedHost().state("before");
        HostState after = new RecordedHost()
                .replace("boot", "0e4a698c-5b29-487f-997f-99da5eb1b1cb", "7d3b3c58-0000-487f-997f-99da5eb1b1cb")
                .replace("sockets", "127.0.0.1:41559", "127.0.0.1:38211")
                .replace("sockets", "pid=608", "pid=711")
                .replace("network", "veth1d6a1cd", "veth77aa01b")
                .replace("nftables", "\"handle\": 4", "\"handle\": 14")
                .replace("sysctls", "kernel.threads-max = 15732", "kernel.threads-max = 15733")
                .replace("sysctls", "fs.file-nr = 1056", "fs.file-nr = 992")
                .with("processes", "")
                .with("journal", "")
                .state("after");

        assertThat(Drift.between(before, after)).hasToString("drift from before to after: none");
    }

    @Test
    void should_not_take_what_is_named_anew_at_each_boot_for_drift() {
        HostState before = new RecordedHost()
                .append("sockets", socket("udp UNCONN", "[fe80::42:b2ff:fee8:9383]%br0:123", "users:((\"ntpd\",pid=9,fd=1))"))
                .append("sockets", socket("udp UNCONN", "[fe80::1:2ff:fee8:1]%veth12ab:123", "users:((\"ntpd\",pid=9,fd=2))"))
                .append("sockets", socket("tcp LISTEN", "0.0.0.0:36211", ""))
                .append("sockets", socket("tcp LISTEN", "0.0.0.0:25", "users:((\"master\",pid=8,fd=1))"))
                .replace("mounts", "=swaps", "60 29 7:0 / /snap/core/1 ro - squashfs /dev/loop0 ro\n=swaps")
                .append("nftables", "table inet f2b-table {\n\tset addr-set-sshd {\n\t\ttype ipv4_addr\n"
                        + "\t\telements = { 203.0.113.9 }\n\t}\n\n\tchain f2b-chain {\n\t\ttype filter hook input priority -1;"
                        + " policy accept;\n\t\ttcp dport 22 ip saddr @addr-set-sshd reject\n\t}\n}\n")
                .state("before");
        HostState after = new RecordedHost()
                .append("sockets", socket("udp UNCONN", "[fe80::42:e8ff:fe1b:677]%br0:123", "users:((\"ntpd\",pid=9,fd=1))"))
                .append("sockets", socket("tcp LISTEN", "0.0.0.0:40022", ""))
                .append("sockets", socket("tcp LISTEN", "0.0.0.0:25",
                        "users:((\"smtpd\",pid=12,fd=1),(\"master\",pid=8,fd=1))"))
                .replace("mounts", "=swaps", "60 29 7:0 / /snap/core/1 ro - squashfs /dev/loop2 ro\n=swaps")
                .state("after");

        assertThat(Drift.between(before, after)).hasToString("drift from before to after: none");
    }

    @ParameterizedTest
    @CsvSource({"active, true", "inactive, false"})
    void should_not_miss_a_daemon_that_ended_and_whose_socket_systemd_holds(String socket, boolean answers) {
        RecordedHost idle = new RecordedHost()
                .replace("units", "\"docker.service\",\"load\":\"loaded\",\"active\":\"active\"",
                        "\"docker.service\",\"load\":\"loaded\",\"active\":\"inactive\"")
                .replace("units", "\"docker.socket\",\"load\":\"loaded\",\"active\":\"active\"",
                        "\"docker.socket\",\"load\":\"loaded\",\"active\":\"" + socket + "\"");

        assertThat(Drift.between(new RecordedHost().state("before"), idle.state("after")).differences())
                .extracting(Difference::name)
                .isEqualTo(answers ? List.of() : List.of("docker.service active", "docker.socket active"));
        assertThat(Drift.between(idle.state("before"), new RecordedHost().state("after")).isEmpty()).isEqualTo(answers);
    }

    @Test
    void should_not_compare_the_port_of_a_tunnel_that_names_none() {
        RecordedHost before = client(" ephemeral").replace("wireguard", " 51820 ", " 41641 ").replace("sockets", ":51820", ":41641");

        assertThat(Drift.between(before.state("before"), client(" ephemeral").state("after")))
                .hasToString("drift from before to after: none");
        assertThat(Drift.between(before.replace("wireguard", " ephemeral", " set").state("before"), client(" set").state("after"))
                        .differences())
                .extracting(Difference::toString)
                .contains("changed WireGuard: wt0, port: 41641 -> 51820\n  /etc/wireguard/wt0.conf, or the mesh agent");
    }

    private static RecordedHost client(String origin) {
        return new RecordedHost().replace("wireguard", " set", origin);
    }

    private static String socket(String kind, String local, String users) {
        return kind + " 0 0 " + local + " 0.0.0.0:* " + users + " ino:1 sk:1 <->\n";
    }

    @Test
    void should_see_that_rules_come_back_in_another_order() {
        String first = "\t\ttcp dport { 80, 443 } accept\n";
        String moved = "\t\tip saddr 198.51.100.7 tcp dport 22 accept\n";
        HostState before = new RecordedHost().replace("nftables", first, moved + first).state("before");
        HostState after = new RecordedHost().replace("nftables", first, first + moved).state("after");

        assertThat(Drift.between(before, after).differences()).extracting(Difference::toString).containsExactly(
                """
                changed firewall: chain inet filter input, order: \
                "ip saddr 198.51.100.7 tcp dport 22 accept" before "tcp dport { 80, 443 } accept" -> \
                "tcp dport { 80, 443 } accept" before "ip saddr 198.51.100.7 tcp dport 22 accept"
                  it was added by hand: write it to /etc/nftables.conf, and see that nftables.service is enabled""");
    }

    @ParameterizedTest
    @CsvSource({
        "105 suppress_prefixlength, {\"priority\":105;\"src\":\"all\";\"table\":\"main\";\"suppress_prefixlen\":0},"
                + " lost routes: rule IPV4",
        "a local route, {\"type\":\"local\";\"dst\":\"198.18.0.0/15\";\"dev\":\"lo\";\"scope\":\"host\"},"
                + " lost routes: local 198.18.0.0/15",
    })
    void should_see_the_loss_of_what_the_kernel_did_not_derive(String what, String json, String told) {
        String text = json.replace(';', ',');
        HostState before = (text.contains("priority")
                        ? new RecordedHost().replace("network", "{\"priority\":32767,", text + ",{\"priority\":32767,")
                        : new RecordedHost().replace("network", "{\"type\":\"local\",\"dst\":\"100.99.0.1\"", text
                                + ",{\"type\":\"local\",\"dst\":\"100.99.0.1\""))
                .state("before");

        assertThat(Drift.between(before, new RecordedHost().state("after")).differences())
                .as(what)
                .singleElement()
                .satisfies(difference -> assertThat(difference.toString()).startsWith(told));
    }

    @Test
    void should_see_the_loss_of_a_name_server_that_the_stub_asks() {
        RecordedHost host = new RecordedHost().replace("resolver", "=hosts", "nameserver 127.0.0.53\n=upstream\nnameserver 9.9.9.9\n"
                + "nameserver fe80::1%2\n=hosts");
        HostState after = new RecordedHost().replace("resolver", "=hosts", "nameserver 127.0.0.53\n=upstream\n=hosts").state("after");

        assertThat(Drift.between(host.state("before"), after).differences()).extracting(Difference::toString)
                .containsExactly("lost names: name server 9.9.9.9\n  /etc/resolv.conf");
    }

    @Test
    void should_see_that_a_module_loaded_by_hand_filters_bridges_no_more() {
        HostState before =
                new RecordedHost().append("sysctls", "net.bridge.bridge-nf-call-iptables = 1\n").state("before");

        assertThat(Drift.between(before, new RecordedHost().state("after")).differences()).extracting(Difference::toString)
                .containsExactly("lost kernel parameters: net.bridge.* of br_netfilter\n"
                        + "  modprobe alone lasts until the reboot: write br_netfilter to /etc/modules-load.d/*.conf");
    }

    @ParameterizedTest
    @CsvSource({
        "net.sctp.sctp_mem, 67569 90093 135138, 67569 90094 135138",
        "net.sctp.sctp_rmem, 4096 865500 2882976, 4096 865500 2883008",
        "net.sctp.sctp_wmem, 4096 16384 2882976, 4096 16384 2883008",
        "net.ipv4.tcp_mem, 35619 47493 71238, 35620 47494 71240",
        "net.ipv4.udp_wmem, 4096 16384 2882976, 4096 16384 2883008",
    })
    void should_take_a_limit_that_follows_from_memory_for_the_same_within_a_hundredth(String name, String one, String other) {
        HostState before = new RecordedHost().append("sysctls", name + " = " + one + "\n").state("before");

        assertThat(Drift.between(before, new RecordedHost().append("sysctls", name + " = " + other + "\n").state("after")))
                .hasToString("drift from before to after: none");
        assertThat(Drift.between(before, new RecordedHost().append("sysctls", name + " = 1 2 3\n").state("after")).differences())
                .extracting(Difference::toString)
                .containsExactly("changed kernel parameters: " + name + ": " + one + " -> 1 2 3\n"
                        + "  sysctl -w alone lasts until the reboot: write " + name + " to /etc/sysctl.d/*.conf");
    }

    @Test
    void should_not_take_an_unknown_state_for_an_unchanged_one() {
        HostState before = new RecordedHost().state("before");
        HostState after = new RecordedHost().without("docker", "a running Docker daemon").state("after");

        assertThat(Drift.between(before, after).differences()).extracting(Difference::toString)
                .contains("unknown containers: containers: known -> not present: a running Docker daemon, podman");
    }

    @Test
    void should_leave_out_what_is_excused_and_nothing_else() {
        HostState before = new RecordedHost().replace("sysctls", "vm.swappiness = 60", "vm.swappiness = 17").state("before");
        Drift drift = Drift.between(before, new RecordedHost().state("after"));

        assertThat(drift.excusing(List.of(Excuse.because("set by the test", "kernel parameters", "vm\\.swappiness"))).isEmpty())
                .isTrue();
        assertThat(drift.excusing(List.of(Excuse.because("set by the test", "mounts", ".*"))).isEmpty()).isFalse();
    }
}
