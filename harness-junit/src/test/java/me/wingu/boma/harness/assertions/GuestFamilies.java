package me.wingu.boma.harness.assertions;

import static me.wingu.boma.harness.assertions.BomaAssertions.assertThat;
import static me.wingu.boma.harness.assertions.BomaAssertions.ping;
import static me.wingu.boma.harness.assertions.BomaAssertions.tcp;
import static me.wingu.boma.harness.assertions.BomaAssertions.udp;
import static me.wingu.boma.harness.probe.IpVersion.IPV4;
import static me.wingu.boma.harness.probe.IpVersion.IPV6;
import static me.wingu.boma.harness.probe.TlsVersion.TLS_1_2;
import static me.wingu.boma.harness.probe.TlsVersion.TLS_1_3;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import me.wingu.boma.harness.probe.DnsQuestion;
import me.wingu.boma.harness.probe.SshQuestion;
import me.wingu.boma.harness.probe.Trust;
import me.wingu.boma.harness.rehearsal.Vm;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.access.AccessVerdict;
import me.wingu.boma.harness.state.access.LockoutCheck;
import me.wingu.boma.harness.state.access.OperatorPath;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** For each family of assertions, one that {@code truths.sh} made true, one that it made false, and how that reads. */
final class GuestFamilies {

    private static final Duration QUICK = Duration.ofSeconds(20);

    private final Vm vm;
    private final HostState state;
    private final String device;
    private final List<Family> families = new ArrayList<>();

    private GuestFamilies(Vm vm, HostState state) {
        this.vm = vm;
        this.state = state;
        this.device = state.network().routesTo("default").findFirst().orElseThrow().device().orElseThrow();
    }

    /**
     * One family.
     *
     * @param name its name
     * @param passes assertions that hold on the guest
     * @param fails an assertion that does not
     * @param message the whole message of its failure, as a regular expression
     */
    record Family(String name, ThrowingCallable passes, ThrowingCallable fails, String message) {}

    static Stream<Family> of(Vm vm, HostState state) {
        GuestFamilies all = new GuestFamilies(vm, state);
        all.services();
        all.people();
        all.network();
        all.system();
        all.upkeep();
        all.files();
        all.outside();
        return all.families.stream();
    }

    private void family(String name, ThrowingCallable passes, ThrowingCallable fails, String message) {
        families.add(new Family(name, passes, fails, message));
    }

    private void services() {
        family(
                "sockets",
                () -> assertThat(state.sockets())
                        .listensOn(tcp(22), tcp(443), tcp(8080), udp(3478), udp(51820))
                        .doesNotListenOn(tcp(2323))
                        .listensOnUnixSocket("/run/docker.sock"),
                () -> assertThat(state.sockets()).listensOn(tcp(5432)),
                "\\[askari sockets before any reboot] Expecting a listener on \\[5432/tcp], but there is none\\."
                        + "\n  seen: .*udp UNCONN 0\\.0\\.0\\.0:51820 \\(kernel\\).*");
        family(
                "listener",
                () -> assertThat(state.sockets()).listener(tcp(22)).isOnEveryAddress().isHeldBy("sshd"),
                () -> assertThat(state.sockets()).listener(tcp(443)).isHeldBy("caddy"),
                "\\[askari sockets before any reboot] Expecting the listener on 443/tcp to be held by caddy\\."
                        + "\n  seen: \\[tcp LISTEN \\[::]:443 \\(IPv4\\+IPv6\\) openssl, truth-tls\\.service]");
        family(
                "containers",
                () -> assertThat(state.containers()).runOnly("truth").hasNone("nosuch"),
                () -> assertThat(state.containers()).allRun(),
                "\\[askari containers before any reboot] Expecting all containers to run\\."
                        + "\n  seen: untruth exited \\(1\\), restart policy no, image truth:1");
        family(
                "images, volumes and networks",
                () -> assertThat(state.containers()).hasImages("truth:1").hasVolumes("truth-data").hasNetworks("bridge", "truth-net"),
                () -> assertThat(state.containers()).hasImages("truth"),
                "\\[askari containers before any reboot] Expecting the images \\[truth] to be there\\."
                        + "\n  seen: truth:1, \\d+ MiB");
        family(
                "container",
                () -> assertThat(state.containers())
                        .named("truth")
                        .isRunning()
                        .isHealthy()
                        .survivesReboot()
                        .hasNeverRestarted()
                        .hasImage("truth:1")
                        .publishes(tcp(8080))
                        .mounts("/srv/web", "/www")
                        .isOnNetwork("bridge")
                        .isNotPrivileged(),
                () -> assertThat(state.containers()).named("untruth").survivesReboot(),
                "\\[askari containers before any reboot] Expecting container untruth to have a restart policy that"
                        + " survives a reboot\\."
                        + "\n  seen: untruth exited \\(1\\), restart policy no.*");
        family(
                "container's last words",
                () -> assertThat(state.containers()).named("untruth").isNotRunning(),
                () -> assertThat(state.containers()).named("untruth").isRunning(),
                "\\[askari containers before any reboot] Expecting container untruth to be running\\."
                        + "\n  seen: untruth exited \\(1\\), restart policy no, image truth:1"
                        + "\n +it said last:\n +no database");
        family(
                "units",
                () -> assertThat(state.units()).noneFailedBut("untruth.service").hasNone("nosuch.service"),
                () -> assertThat(state.units()).noneFailed(),
                "\\[askari units before any reboot] Expecting no unit to have failed\\."
                        + "\n  seen: untruth\\.service failed \\(failed\\), static");
        family(
                "unit",
                () -> assertThat(state.units()).named("truth").isActive().isEnabled(),
                () -> assertThat(state.units()).named("untruth").isActive(),
                "\\[askari units before any reboot] Expecting unit untruth to be active\\."
                        + "\n  seen: untruth\\.service failed \\(failed\\), static");
        family(
                "start-up",
                () -> assertThat(state.startup())
                        .started("local-fs.target", "truth")
                        .orders("truth", "nftables")
                        .neverRestarted("truth")
                        .hasScheduled("truth-nightly"),
                () -> assertThat(state.startup()).started("truth", "local-fs.target"),
                "\\[askari start-up before any reboot] Expecting truth to be up before local-fs\\.target started\\."
                        + "\n  seen: truth\\.service @\\d+\\.\\d{3}s.*\n        local-fs\\.target @.*");
        family(
                "processes",
                () -> assertThat(state.processes()).runs("dockerd").runsOnlyAs("sleep", "truth").doesNotRun("nginx"),
                () -> assertThat(state.processes()).runsOnlyAs("sleep", "root"),
                "\\[askari processes before any reboot] Expecting sleep to run as root only\\."
                        + "\n  seen: \\d+ truth sleep \\(truth\\.service\\): /bin/sleep infinity");
        family(
                "cron",
                () -> assertThat(state.cron()).hasJobMatching(".*: 5 4 .*/usr/local/bin/truth"),
                () -> assertThat(state.cron()).hasNoJobMatching(".*truth"),
                "\\[askari cron jobs before any reboot] Expecting no job that matches \\.\\*truth\\."
                        + "\n  seen: /etc/cron\\.d/truth: 5 4 \\* \\* \\* root /usr/local/bin/truth");
    }

    private void people() {
        family(
                "user",
                () -> assertThat(state.accounts())
                        .user("truth")
                        .isInOnlyGroups("truth")
                        .hasShell("/bin/bash")
                        .hasHome("/home/truth")
                        .hasNoUsablePassword(),
                () -> assertThat(state.accounts()).user("truth").isInGroups("docker"),
                "\\[askari accounts before any reboot] Expecting user truth to be in \\[docker]\\."
                        + "\n  seen: truth \\(\\d+\\), groups \\[truth], shell /bin/bash, password (none|locked)");
        family(
                "group",
                () -> assertThat(state.accounts()).group("docker").hasNoMembers(),
                () -> assertThat(state.accounts()).group("docker").hasMembers("truth"),
                "\\[askari accounts before any reboot] Expecting group docker to have the members \\[truth]\\.\n  seen: .*");
        family(
                "sudo",
                () -> assertThat(state.sudo())
                        .allowsEverything("ansible")
                        .asksForNoPassword("ansible")
                        .allows("truth", "/usr/bin/systemctl restart ssh"),
                () -> assertThat(state.sudo()).allowsEverything("truth"),
                "\\[askari sudo rights before any reboot] Expecting truth to be allowed everything\\."
                        + "\n  seen: \\(root\\) NOPASSWD: /usr/bin/systemctl restart ssh, from /etc/sudoers\\.d/truth");
        family(
                "sshd",
                () -> assertThat(state.sshd()).listensOnEveryAddress().hasKeyFor("ansible").has("port", "22"),
                () -> assertThat(state.sshd()).hasKeyFor("truth"),
                "\\[askari sshd configuration before any reboot] Expecting a key of truth, but there is none\\."
                        + "\n  seen: ansible: /home/ansible/\\.ssh/authorized_keys");
        family(
                "access",
                () -> assertThat(access("198.51.100.1", device)).isNotLockedOut().isOpenBy("admin").survivesRebootBy("admin"),
                () -> assertThat(access("100.99.0.7", "wt0")).survivesRebootBy("admin"),
                "\\[askari access of ansible before any reboot] Expecting the operator to get in by \\[admin] after a"
                        + " reboot\\.\n  seen: admin \\(100\\.99\\.0\\.7 by wt0 to 22/tcp\\)\n          now: open\n"
                        + " *after a reboot: closed\n.*wt0.*");
        family(
                "access from an address that sshd treats apart",
                () -> assertThat(access("198.51.100.1", device)).isOpenBy("admin"),
                () -> assertThat(access("198.51.100.77", device)).isOpenBy("admin"),
                "\\[askari access of ansible before any reboot] Expecting the operator to get in by \\[admin]\\."
                        + ".*account: sshd's AllowUsers or AllowGroups leaves ansible out.*");
        family(
                "access from an address that TCP wrappers refuse",
                () -> {
                    Assertions.assertThat(sshBanner("127.0.0.1")).startsWith("SSH-2.0-");
                    Assertions.assertThat(sshBanner("127.0.0.78")).isEmpty();
                    assertThat(access("198.51.100.1", device)).isOpenBy("admin");
                },
                () -> assertThat(access("198.51.100.78", device)).isOpenBy("admin"),
                "\\[askari access of ansible before any reboot] Expecting the operator to get in by \\[admin]\\."
                        + ".*account: TCP wrappers refuse 198\\.51\\.100\\.78:"
                        + " /etc/hosts\\.deny: sshd: 198\\.51\\.100\\.78, 127\\.0\\.0\\.78.*");
    }

    /** What sshd says first to one that comes from an address of the loopback network; nothing when it hangs up. */
    private String sshBanner(String source) {
        String ask = "import socket; print(socket.create_connection(('127.0.0.1', 22), 10, ('%s', 0)).recv(64).decode(), end='')";
        return vm.shell().run("python3 -c \"" + ask.formatted(source) + "\"", vm.patience(QUICK)).stdout();
    }

    private AccessVerdict access(String source, String by) {
        return new LockoutCheck("ansible", List.of(OperatorPath.ssh("admin", source, by))).judge(state);
    }

    private void network() {
        family(
                "network",
                () -> assertThat(state.network())
                        .hasDefaultRouteBy(device)
                        .hasInterfaceUp("wt0")
                        .hasAddress("wt0", "100.99.0.1/16")
                        .hasNoInterface("wt1"),
                () -> assertThat(state.network()).hasAddress("wt0", "100.99.0.2/16"),
                "\\[askari network before any reboot] Expecting wt0 to have the address 100\\.99\\.0\\.2/16\\."
                        + "\n  seen: .*100\\.99\\.0\\.1/16.*");
        family(
                "WireGuard",
                () -> assertThat(state.wireGuard()).hasDevice("wt0").hasPeers("wt0", 1),
                () -> assertThat(state.wireGuard()).hasShakenHands("wt0"),
                "\\[askari WireGuard before any reboot] Expecting a handshake with a peer of wt0\\.\n  seen: .*");
        family(
                "names",
                () -> assertThat(state.resolver())
                        .hasHostsEntry("truth.example", "192.0.2.1")
                        .resolves("truth.example", "192.0.2.1"),
                () -> assertThat(state.resolver()).resolves("truth.example", "192.0.2.2"),
                "\\[askari names before any reboot] Expecting truth\\.example to have the addresses \\[192\\.0\\.2\\.2]\\."
                        + "\n  seen: 192\\.0\\.2\\.1");
        family(
                "firewall",
                () -> assertThat(state.nftables()).chain("inet truth input").hasPolicy("accept").isOnHook("input"),
                () -> assertThat(state.nftables()).hook("input").dropsByDefault(),
                ".*drop.*");
    }

    private void system() {
        family(
                "boot",
                () -> assertThat(state.boot()).isFinished().hasHostname("askari").hasKernel("6.12"),
                () -> assertThat(state.boot()).hasKernel("5.10"),
                "\\[askari boot before any reboot] Expecting the kernel 5\\.10\\.\n  seen: 6\\.12\\..*");
        family(
                "kernel parameters",
                () -> assertThat(state.sysctls()).has("vm.swappiness", "33"),
                () -> assertThat(state.sysctls()).has("vm.swappiness", "60"),
                "\\[askari kernel parameters before any reboot] Expecting vm\\.swappiness to be 60\\."
                        + "\n  seen: vm\\.swappiness = 33");
        family(
                "modules",
                () -> assertThat(state.modules()).areLoaded("dummy", "wireguard").areNotLoaded("zfs"),
                () -> assertThat(state.modules()).areNotLoaded("dummy"),
                "\\[askari kernel modules before any reboot] Expecting these modules not to be loaded\\.\n  seen: dummy");
        family(
                "packages",
                () -> assertThat(state.packages()).areInstalled("nftables", "jq").areAbsent("telnetd").areHeld("jq"),
                () -> assertThat(state.packages()).areHeld("nftables"),
                "\\[askari packages before any reboot] Expecting \\[nftables] to be held\\.\n  seen: nftables 1\\..* \\(ii\\)");
        family(
                "mounts",
                () -> assertThat(state.mounts()).hasNoSwap().hasNoneAt("/srv/loose"),
                () -> assertThat(state.mounts()).hasNoneAt("/srv/scratch"),
                "\\[askari mounts before any reboot] .*/srv/scratch.*\n  seen: tmpfs on /srv/scratch type tmpfs .*");
        family(
                "mount",
                () -> assertThat(state.mounts()).at("/srv/scratch").hasType("tmpfs").hasOption("nosuid").isInFstab(),
                () -> assertThat(state.mounts()).at("/srv/scratch").hasOption("noexec"),
                "\\[askari mounts before any reboot] Expecting the mount on /srv/scratch to have the option noexec\\."
                        + "\n  seen: tmpfs on /srv/scratch type tmpfs .*nosuid.*");
        family(
                "certificates",
                () -> assertThat(state.certificates())
                        .hasOneFor("truth.example")
                        .areValidFor("truth.example", Duration.ofDays(29)),
                () -> assertThat(state.certificates()).areValidFor("truth.example", Duration.ofDays(31)),
                "\\[askari certificates before any reboot] Expecting the certificates for truth\\.example to be valid"
                        + " until .*\n  seen: /etc/ssl/truth\\.crt: CN=truth\\.example \\[truth\\.example].*");
        family(
                "journal",
                () -> assertThat(state.journal()).hasMessageMatching("a planted error"),
                () -> assertThat(state.journal()).hasNoErrors(),
                "\\[askari journal before any reboot] Expecting no errors in the journal\\."
                        + "\n  seen: .*<3> truth: a planted error.*");
        family(
                "audit",
                () -> assertThat(state.audit()).hasRuleMatching("-w /etc/truth -p wa -k truth"),
                () -> assertThat(state.audit()).hasRuleMatching("-w /etc/untruth .*"),
                "\\[askari audit rules before any reboot] Expecting an audit rule that matches -w /etc/untruth \\.\\*\\."
                        + "\n  seen: -w /etc/truth -p wa -k truth");
    }

    private void upkeep() {
        family(
                "jails",
                () -> assertThat(state.jails()).guard("sshd"),
                () -> assertThat(state.jails()).guard("untruth"),
                "\\[askari fail2ban jails before any reboot] Expecting fail2ban to guard \\[untruth]\\.\n  seen: sshd");
        family(
                "APT sources",
                () -> assertThat(state.aptSources()).haveRelease("truth"),
                () -> assertThat(state.aptSources()).allComeFrom("https://untruth\\.example/.*"),
                "\\[askari APT sources before any reboot] Expecting sources that all come from https://untruth.*"
                        + "\n  seen: .*https://deb\\.truth\\.example/debian/ truth main \\(/etc/apt/sources\\.list\\.d/truth\\.list:1\\).*");
        family(
                "APT settings",
                () -> assertThat(state.aptSettings()).have("APT::Periodic::Unattended-Upgrade", "1"),
                () -> assertThat(state.aptSettings()).have("APT::Periodic::Unattended-Upgrade", "untruth"),
                "\\[askari APT settings before any reboot] Expecting APT::Periodic::Unattended-Upgrade to be \"untruth\"\\."
                        + "\n  seen: APT::Periodic::Unattended-Upgrade \"1\"");
    }

    private void files() {
        family(
                "file",
                () -> {
                    assertThat(vm.file("/etc/truth"))
                            .isFile()
                            .hasSize(18)
                            .hasMode("0640")
                            .isOwnedBy("root", "truth")
                            .contains("this page is true");
                    assertThat(vm.file("/etc/untruth")).isLinkTo("truth");
                    assertThat(vm.file("/etc/nosuch")).doesNotExist();
                },
                () -> assertThat(vm.file("/etc/truth")).hasMode("0600"),
                "\\[askari file before any reboot] Expecting /etc/truth to have the mode 0600\\."
                        + "\n  seen: /etc/truth: file 0640 root:truth, 18 bytes.*");
        family(
                "command",
                () -> assertThat(vm.shell().run("cat /srv/web/index.html", vm.patience(QUICK))).succeeded().printed("true"),
                () -> assertThat(vm.shell().run("echo no >&2; exit 3", vm.patience(QUICK))).succeeded(),
                "\\[command] Expecting exit status 0\\.\n  seen: exit status 3\n        no");
    }

    private void outside() {
        family(
                "reach",
                () -> {
                    assertThat(vm.reach(tcp(443)).from("stranger")).isOpen();
                    assertThat(vm.reach(tcp(443)).over(IPV6).from("stranger")).isOpen();
                    assertThat(vm.reach(tcp(2)).from("stranger")).isClosed();
                    assertThat(vm.reach(ping()).from("admin")).isOpen();
                },
                () -> assertThat(vm.reach(tcp(2323)).from("stranger")).isOpen(),
                "Expecting 2323/tcp of 198\\.51\\.100\\.\\d+ to be open but it is filtered"
                        + "\n  tried: TCP connect to 198.*\n  from:  stranger \\(198\\.51\\.100\\.66\\)\n  took:  .*");
        family(
                "egress",
                () -> {
                    assertThat(vm.egress(vm.address("admin")).reach(tcp(53)).from("guest")).isOpen();
                    assertThat(vm.egress(vm.address("admin")).reach(tcp(53)).from("truth")).isOpen();
                },
                () -> assertThat(vm.egress("10.20.0.1").reach(tcp(53)).from("truth")).isOpen(),
                "Expecting 53/tcp of 10\\.20\\.0\\.1 to be open but it is filtered\n.*from:  truth.*");
        family(
                "mesh",
                () -> {
                    assertThat(vm.reach(tcp(22)).from("mesh")).isOpen();
                    assertThat(vm.reach(tcp(2323)).from("mesh")).isFiltered();
                    assertThat(vm.http("http://truth.example:8080/").from("mesh")).hasStatus(200);
                },
                () -> assertThat(vm.reach(tcp(22)).from("mesh")).isFiltered(),
                "Expecting 22/tcp of 100\\.99\\.0\\.1 to be filtered but it is open"
                        + "\n  tried: TCP connect to 100\\.99\\.0\\.1:22\n  from:  mesh \\(100\\.99\\.0\\.9\\)\n.*");
        family(
                "matrix",
                () -> assertThat(vm.outside().matrix(tcp(443), tcp(2323)).from("stranger").over(IPV4, IPV6).probe())
                        .isExactly("""
                                                443/tcp  2323/tcp
                                stranger  IPv4  open     filtered
                                stranger  IPv6  open     filtered
                                """),
                () -> assertThat(vm.outside().matrix(tcp(443), tcp(2)).from("stranger").probe())
                        .opensExactly("stranger", tcp(443), tcp(2)),
                "Expecting exactly \\[2/tcp, 443/tcp] to be open from stranger but 1 cell differs:.*");
        family(
                "agreement",
                () -> assertThat(vm.reach(tcp(443)).from("stranger")).agreesWith(vm.nftables(), "wan"),
                () -> assertThat(vm.reach(tcp(2)).from("stranger")).isOpen(),
                "Expecting 2/tcp of .* to be open but it is closed\n.*");
        family(
                "http",
                () -> assertThat(vm.http("http://truth.example:8080/").from("stranger"))
                        .hasStatus(200)
                        .bodyContains("this page is true"),
                () -> assertThat(vm.http("http://truth.example:8080/nosuch").from("stranger")).hasStatus(200),
                "Expecting status 200 but it is 404\n  tried: GET http://truth\\.example:8080/nosuch at 198.*");
        family(
                "tls",
                () -> assertThat(vm.tls("truth.example").from("stranger"))
                        .isEstablished()
                        .isFor("truth.example")
                        .isValidFor(Duration.ofDays(29)),
                () -> assertThat(vm.tls("truth.example").from("stranger")).isTrustedBy(Trust.ofThePublic()),
                "Expecting .*to be trusted.*");
        family(
                "tls offers",
                () -> assertThat(vm.tlsOffers("truth.example").from("stranger"))
                        .offersOnly(TLS_1_2, TLS_1_3)
                        .offersNoSuiteMatching("RC4|3DES|NULL|anon|EXPORT"),
                () -> assertThat(vm.tlsOffers("truth.example").from("stranger")).offersOnly(TLS_1_3),
                "Expecting only \\[TLS 1\\.3] to be offered\n  tried: TLS handshakes with 198.*"
                        + "offer: TLS 1\\.2: TLS_\\w+\n.*TLS 1\\.3: TLS_\\w+\n.*");
        family(
                "ssh",
                () -> assertThat(vm.outside().ssh(SshQuestion.banner()).from("admin")).answers(),
                () -> assertThat(vm.outside().ssh(SshQuestion.banner().onPort(8080)).from("admin")).answers(),
                "Expecting .*SSH.*");
        family(
                "stun",
                () -> assertThat(vm.outside().stun().from("stranger")).answers().sees("198.51.100.66"),
                () -> assertThat(vm.outside().stun().from("stranger")).sees("198.51.100.1"),
                "Expecting the server to see 198\\.51\\.100\\.1 but it sees 198\\.51\\.100\\.66\n.*");
        family(
                "dns",
                () -> assertThat(vm.outside().dns(new DnsQuestion("truth.example", "A"), 1053).from("stranger"))
                        .resolvesTo("192.0.2.1"),
                () -> assertThat(vm.outside().dns(new DnsQuestion("truth.example", "A"), 1053).from("stranger"))
                        .resolvesTo("192.0.2.2"),
                "Expecting \\[192\\.0\\.2\\.2] but the answer is .*192\\.0\\.2\\.1.*");
    }
}
