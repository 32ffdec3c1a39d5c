package me.wingu.boma.harness.assertions;

import static me.wingu.boma.harness.assertions.BomaAssertions.assertThat;
import static me.wingu.boma.harness.assertions.BomaAssertions.assertThatThrownBy;
import static me.wingu.boma.harness.assertions.BomaAssertions.tcp;
import static me.wingu.boma.harness.state.drift.Excuse.because;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.state.AuditRules;
import me.wingu.boma.harness.state.Containers;
import me.wingu.boma.harness.state.CronJob;
import me.wingu.boma.harness.state.CronJobs;
import me.wingu.boma.harness.state.DebianPackage;
import me.wingu.boma.harness.state.FileState;
import me.wingu.boma.harness.state.Jails;
import me.wingu.boma.harness.state.Journal;
import me.wingu.boma.harness.state.JournalEntry;
import me.wingu.boma.harness.state.KernelModules;
import me.wingu.boma.harness.state.Packages;
import me.wingu.boma.harness.state.SudoRights;
import me.wingu.boma.harness.state.SudoRule;
import me.wingu.boma.harness.state.Sysctls;
import me.wingu.boma.harness.state.drift.Drift;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each family of assertions on a host's state: one that passes, one that fails, and the words of the failure. */
class StateAssertionsTest {

    /** What passes, what fails, and how the failure reads. */
    record Case(String family, ThrowingCallable passes, ThrowingCallable fails, String message) {

        @Override
        public String toString() {
            return family;
        }
    }

    @Test
    void should_not_say_that_there_is_nothing_in_a_journal_of_which_the_oldest_is_not_known() {
        JournalEntry warning = new JournalEntry(Duration.ofMillis(99), 4, Optional.of("nfsd.service"), "nfsd", "slow");

        assertThat(new Journal("askari", Collections.nCopies(999, warning))).hasNoErrors();
        assertThatThrownBy(() -> assertThat(new Journal("askari", Collections.nCopies(1000, warning))).hasNoErrors())
                .hasMessageContaining("Expecting no errors in the journal, but only the last 1000 warnings and worse of this boot are");
    }

    @Test
    void should_know_that_podman_starts_after_a_reboot_only_what_is_always_to_run() {
        assertThat(Askari.podman("always")).named("web").survivesReboot();
        assertThatThrownBy(() -> assertThat(Askari.podman("unless-stopped")).named("web").survivesReboot())
                .hasMessageContaining("to have a restart policy that survives a reboot");
    }

    @Test
    void should_not_take_the_wish_of_a_container_that_ended_for_an_open_port() {
        assertThatThrownBy(() -> assertThat(Askari.containers()).named("once").publishes(tcp(8080)))
                .hasMessageContaining("seen: once exited");
    }

    static Stream<Case> families() {
        return Stream.of(
                new Case(
                        "sockets",
                        () -> assertThat(Askari.sockets()).listensOn(tcp(22), tcp(443)).doesNotListenOn(tcp(23)),
                        () -> assertThat(Askari.sockets()).listensOnlyOn(tcp(22)),
                        """
                        [askari sockets after reboot 1] Expecting listeners on [22/tcp] only, but there are others.
                          seen: tcp LISTEN [::]:443 (IPv4+IPv6) caddy, caddy.service"""),
                new Case(
                        "listener",
                        () -> assertThat(Askari.sockets()).listener(tcp(22)).isOnEveryAddress().isHeldBy("sshd"),
                        () -> assertThat(Askari.sockets()).listener(tcp(5432)).isOnEveryAddress(),
                        """
                        [askari sockets after reboot 1] Expecting the listener on 5432/tcp to be on every address, IPv4 and IPv6.
                          seen: [tcp LISTEN 127.0.0.1:5432 postgres, postgres.service]"""),
                new Case(
                        "containers",
                        () -> assertThat(Askari.containers()).named("web").isRunning().survivesReboot(),
                        () -> assertThat(Askari.containers()).allRun(),
                        """
                        [askari containers after reboot 1] Expecting all containers to run.
                          seen: once exited (3), unhealthy, restart policy no, image once:1, ports [0.0.0.0:8080->80/tcp]"""),
                new Case(
                        "images",
                        () -> assertThat(Askari.containers()).hasImages("caddy").hasVolumes("data").hasNetworks("edge", "bridge"),
                        () -> assertThat(Askari.containers()).hasImages("caddy:latest", "caddy:3"),
                        """
                        [askari containers after reboot 1] Expecting the images [caddy:3] to be there.
                          seen: docker.io/library/caddy:latest, 50 MiB
                                untagged sha256:beef, 0 MiB"""),
                new Case(
                        "volumes",
                        () -> assertThat(Askari.containers()).hasVolumes("data"),
                        () -> assertThat(Askari.containers()).hasVolumes("data", "dump"),
                        """
                        [askari containers after reboot 1] Expecting the volumes [dump] to be there.
                          seen: EngineVolume[engine=DOCKER, name=data, driver=local, mountpoint=/var/lib/docker/volumes/data/_data]"""),
                new Case(
                        "container",
                        () -> assertThat(Askari.containers()).named("web").publishes(tcp(8080)).mounts("data", "/data"),
                        () -> assertThat(Askari.containers()).named("web").isHealthy(),
                        """
                        [askari containers after reboot 1] Expecting container web to be healthy.
                          seen: web running, unhealthy, restart policy unless-stopped, image web:1, ports [0.0.0.0:8080->80/tcp]
                                last health check (2 failed in a row): connection refused
                                it said last:
                                  started
                                  no database"""),
                new Case(
                        "units",
                        () -> assertThat(Askari.units()).noneFailedBut("web.service").noneFailedBut("web"),
                        () -> assertThat(Askari.units()).noneFailed(),
                        """
                        [askari units after reboot 1] Expecting no unit to have failed.
                          seen: web.service failed (failed), enabled"""),
                new Case(
                        "unit",
                        () -> assertThat(Askari.units()).named("ssh").isActive().isEnabled(),
                        () -> assertThat(Askari.units()).named("docker").isEnabled(),
                        """
                        [askari units after reboot 1] Expecting unit docker to be enabled.
                          seen: docker.service active (running), disabled"""),
                new Case(
                        "unit that does not start by itself",
                        () -> assertThat(Askari.units()).named("docker").isNotEnabled(),
                        () -> assertThat(Askari.units()).named("sshd").isNotEnabled(),
                        """
                        [askari units after reboot 1] Expecting unit sshd not to be enabled.
                          seen: sshd.service active (running), alias"""),
                new Case(
                        "start-up",
                        () -> assertThat(Askari.startup()).started("nftables", "docker"),
                        () -> assertThat(Askari.startup()).started("docker", "nftables"),
                        """
                        [askari start-up after reboot 1] Expecting docker to be up before nftables started.
                          seen: docker.service @5.000s +4.000s
                                nftables.service @1.000s +0.500s"""),
                new Case(
                        "user",
                        () -> assertThat(Askari.accounts()).user("claude").isInGroups("docker").hasNoUsablePassword(),
                        () -> assertThat(Askari.accounts()).user("claude").isInGroups("sudo"),
                        """
                        [askari accounts after reboot 1] Expecting user claude to be in [sudo].
                          seen: claude (1001), groups [claude, docker], shell /bin/bash, password locked"""),
                new Case(
                        "password's age",
                        () -> assertThat(Askari.accounts()).user("claude").hasPasswordForAtMost(90),
                        () -> assertThat(Askari.accounts()).user("claude").hasPasswordForAtMost(30),
                        """
                        [askari accounts after reboot 1] Expecting user claude to have to change its password within 30 days.
                          seen: claude (1001), groups [claude, docker], shell /bin/bash, password locked, password for 90 days"""),
                new Case(
                        "group",
                        () -> assertThat(Askari.accounts()).group("docker").hasOnlyMembers("claude"),
                        () -> assertThat(Askari.accounts()).group("wheel").hasNoMembers(),
                        """
                        [askari accounts after reboot 1] Expecting group wheel, but there is none.
                          seen: docker"""),
                new Case(
                        "sudo",
                        () -> assertThat(Askari.sudo()).allowsEverything("claude").asksForPassword("sjat"),
                        () -> assertThat(Askari.sudo()).asksForPassword("claude"),
                        """
                        [askari sudo rights after reboot 1] Expecting claude to be asked for a password.
                          seen: (ALL) NOPASSWD: ALL, from /etc/sudoers.d/claude"""),
                new Case(
                        "sudo, taken away again",
                        () -> assertThat(restricted()).allows("sjat", "/usr/bin/apt").asksForNoPassword("sjat"),
                        () -> assertThat(restricted()).allowsEverything("sjat"),
                        """
                        [askari sudo rights after reboot 1] Expecting sjat to be allowed everything.
                          seen: (ALL) NOPASSWD: ALL, !/bin/su, from /etc/sudoers"""),
                new Case(
                        "sudo, one command",
                        () -> assertThat(restricted()).allows("sjat", "/bin/sh"),
                        () -> assertThat(restricted()).allows("sjat", "/bin/su -"),
                        """
                        [askari sudo rights after reboot 1] Expecting sjat to be allowed /bin/su -.
                          seen: (ALL) NOPASSWD: ALL, !/bin/su, from /etc/sudoers"""),
                new Case(
                        "sudo's password, spared for one command",
                        () -> assertThat(Askari.sudo()).asksForPassword("sjat"),
                        () -> assertThat(spared()).asksForPassword("sjat"),
                        """
                        [askari sudo rights after reboot 1] Expecting sjat to be asked for a password.
                          seen: Defaults!/bin/ls !authenticate"""),
                new Case(
                        "sshd",
                        () -> assertThat(Askari.sshd()).forbidsRootLogin().listensOnEveryAddress(),
                        () -> assertThat(Askari.sshd()).forbidsPasswords(),
                        """
                        [askari sshd configuration after reboot 1] Expecting sshd to have passwordauthentication no.
                          seen: passwordauthentication yes"""),
                new Case(
                        "sshd for some connections",
                        () -> assertThat(Askari.sshd()).has("permitrootlogin", "no"),
                        () -> assertThat(Askari.sshd()).has("kbdinteractiveauthentication", "no"),
                        """
                        [askari sshd configuration after reboot 1] Expecting sshd to have kbdinteractiveauthentication no.
                          seen: kbdinteractiveauthentication no
                                Match User backup: kbdinteractiveauthentication yes, permitrootlogin no"""),
                new Case(
                        "kernel parameters",
                        () -> assertThat(new Sysctls(Askari.HOST, Map.of("vm.swappiness", "60"))).has("vm.swappiness", "60"),
                        () -> assertThat(new Sysctls(Askari.HOST, Map.of("vm.swappiness", "60"))).has("vm.swappiness", "1"),
                        """
                        [askari kernel parameters after reboot 1] Expecting vm.swappiness to be 1.
                          seen: vm.swappiness = 60"""),
                new Case(
                        "mounts",
                        () -> assertThat(Askari.mounts()).at("/").hasType("ext4").isInFstab(),
                        () -> assertThat(Askari.mounts()).at("/").hasFreePercent(10),
                        """
                        [askari mounts after reboot 1] Expecting the mount on / to have at least 10 % free.
                          seen: /dev/vda on / type ext4 (rw), 95 % used, in fstab"""),
                new Case(
                        "network",
                        () -> assertThat(Askari.network()).hasAddress("eth0", "10.0.2.15/24").hasDefaultRouteBy("eth0"),
                        () -> assertThat(Askari.network()).hasInterfaceUp("wt0"),
                        """
                        [askari network after reboot 1] Expecting the interface wt0 to be up.
                          seen: eth0 up [10.0.2.15/24]"""),
                new Case(
                        "packages",
                        () -> assertThat(packages()).areInstalled("nftables").areAbsent("telnetd").hasVersion("nftables", "1.1"),
                        () -> assertThat(packages()).areAbsent("nftables"),
                        """
                        [askari packages after reboot 1] Expecting [nftables] not to be installed.
                          seen: nftables 1.1.3-1 (ii)"""),
                new Case(
                        "boot",
                        () -> assertThat(Askari.boot()).hasParameter("quiet").hasKernel("6.12"),
                        () -> assertThat(Askari.boot()).isFinished(),
                        """
                        [askari boot after reboot 1] Expecting the start-up to have finished.
                          seen: system state starting"""),
                new Case(
                        "journal",
                        () -> assertThat(Askari.journal()).hasNoErrorsBut("failed to start").hasNothingFrom("ssh"),
                        () -> assertThat(Askari.journal()).hasNoErrors(),
                        """
                        [askari journal after reboot 1] Expecting no errors in the journal.
                          seen: [   12.345] <3> dockerd: failed to start daemon"""),
                new Case(
                        "names",
                        () -> assertThat(Askari.resolver()).resolves("netbird.example", "77.42.120.136"),
                        () -> assertThat(Askari.resolver()).hasHostsEntry("netbird.example", "10.0.0.1"),
                        """
                        [askari names after reboot 1] Expecting one line "10.0.0.1 netbird.example" in /etc/hosts.
                          seen: 77.42.120.136 netbird.example"""),
                new Case(
                        "certificates",
                        () -> assertThat(Askari.certificates()).hasOneFor("web.example"),
                        () -> assertThat(Askari.certificates()).hasOneFor("other.example"),
                        """
                        [askari certificates after reboot 1] Expecting a certificate for other.example.
                          seen: /etc/ssl/web.crt: CN=web.example [web.example], issued by CN=ca, valid until 1970-01-01T00:01:00Z"""),
                new Case(
                        "WireGuard",
                        () -> assertThat(Askari.wireGuard()).hasDevice("wt0").hasPeers("wt0", 1),
                        () -> assertThat(Askari.wireGuard()).hasPeers("wt1", 1),
                        """
                        [askari WireGuard after reboot 1] Expecting 1 peers of wt1.
                          seen: nothing"""),
                new Case(
                        "processes",
                        () -> assertThat(Askari.processes()).runs("caddy").doesNotRun("nginx"),
                        () -> assertThat(Askari.processes()).runsOnlyAs("caddy", "caddy"),
                        """
                        [askari processes after reboot 1] Expecting caddy to run as caddy only.
                          seen: 7 root caddy (caddy.service): caddy run"""),
                new Case(
                        "cron",
                        () -> assertThat(cron()).hasJobMatching("backup"),
                        () -> assertThat(cron()).hasNoJobMatching("backup"),
                        """
                        [askari cron jobs after reboot 1] Expecting no job that matches backup.
                          seen: /etc/crontab: 0 3 * * * root backup"""),
                new Case(
                        "modules",
                        () -> assertThat(new KernelModules(Askari.HOST, Set.of("wireguard"))).areLoaded("wireguard"),
                        () -> assertThat(new KernelModules(Askari.HOST, Set.of("wireguard"))).areLoaded("br_netfilter"),
                        """
                        [askari kernel modules after reboot 1] Expecting [br_netfilter] to be loaded.
                          seen: wireguard"""),
                new Case(
                        "audit",
                        () -> assertThat(new AuditRules(Askari.HOST, List.of("-w /etc/shadow -p wa"))).hasRuleMatching("-w /etc/shadow .*"),
                        () -> assertThat(new AuditRules(Askari.HOST, List.of())).hasRuleMatching("-w /etc/shadow .*"),
                        """
                        [askari audit rules after reboot 1] Expecting an audit rule that matches -w /etc/shadow .*.
                          seen: nothing"""),
                new Case(
                        "APT sources",
                        () -> assertThat(Askari.aptSources()).haveRelease("trixie").allComeFrom("https://deb\\.example/.*"),
                        () -> assertThat(Askari.aptSources()).haveRelease("trixie-security"),
                        """
                        [askari APT sources after reboot 1] Expecting a source of the release trixie-security.
                          seen: https://deb.example/debian/ trixie main (/etc/apt/sources.list:1)"""),
                new Case(
                        "APT settings",
                        () -> assertThat(Askari.aptSettings()).have("APT::Periodic::unattended-upgrade", "1"),
                        () -> assertThat(Askari.aptSettings()).have("APT::Periodic::Unattended-Upgrade", "7"),
                        """
                        [askari APT settings after reboot 1] Expecting APT::Periodic::Unattended-Upgrade to be "7".
                          seen: APT::Periodic::Unattended-Upgrade "1\""""),
                new Case(
                        "jails",
                        () -> assertThat(new Jails(Askari.HOST, List.of("sshd", "recidive"))).guard("sshd"),
                        () -> assertThat(new Jails(Askari.HOST, List.of("recidive"))).guard("sshd"),
                        """
                        [askari fail2ban jails after reboot 1] Expecting fail2ban to guard [sshd].
                          seen: recidive"""),
                new Case(
                        "file",
                        () -> assertThat(Askari.file())
                                .isFile()
                                .isOwnedBy("root", "root")
                                .contains("claude")
                                .hasSize(11)
                                .hasSha256("a20aa5a4"),
                        () -> assertThat(Askari.file()).hasMode("0440"),
                        """
                        [askari file after reboot 1] Expecting /etc/sudoers.d/claude to have the mode 0440.
                          seen: /etc/sudoers.d/claude: file 0644 root:root, 11 bytes"""),
                new Case(
                        "checksum",
                        () -> assertThat(Askari.file()).hasSha256("A20AA5A4"),
                        () -> assertThat(Askari.file()).hasSha256("b0b0"),
                        """
                        [askari file after reboot 1] Expecting /etc/sudoers.d/claude to have the SHA-256 checksum b0b0.
                          seen: /etc/sudoers.d/claude: file 0644 root:root, 11 bytes
                                a20aa5a4"""),
                new Case(
                        "interface",
                        () -> assertThat(Askari.network()).hasMtu("eth0", 1500),
                        () -> assertThat(Askari.network()).isPartOf("eth0", "br0"),
                        """
                        [askari network after reboot 1] Expecting eth0 to be part of br0.
                          seen: eth0 up [10.0.2.15/24], MTU 1500"""),
                new Case(
                        "access",
                        () -> assertThat(Askari.access()).isOpenBy("admin").survivesRebootBy("admin"),
                        () -> assertThat(Askari.access()).survivesRebootBy("mesh"),
                        """
                        [askari access of ansible after reboot 1] Expecting the operator to get in by [mesh] after a reboot.
                          seen: mesh (100.99.0.7 by wt0 to 22/tcp)
                                  now: open
                                  after a reboot: closed
                                    interface: the tunnel is not there at boot"""),
                new Case(
                        "lock-out",
                        () -> assertThat(Askari.access()).isNotLockedOut(),
                        () -> assertThat(Askari.lockedOut()).isNotLockedOut(),
                        """
                        [askari access of ansible after reboot 1] Expecting the operator to get in, now and after a reboot.
                          seen: mesh (100.99.0.7 by wt0 to 22/tcp)
                                  now: open
                                  after a reboot: closed
                                    interface: the tunnel is not there at boot"""),
                new Case(
                        "command",
                        () -> assertThat(new CommandResult(0, "ok", "", Duration.ZERO)).succeeded().printed("ok"),
                        () -> assertThat(new CommandResult(1, "", "no such file", Duration.ZERO)).succeeded(),
                        """
                        [command] Expecting exit status 0.
                          seen: exit status 1
                                no such file"""),
                new Case(
                        "drift",
                        () -> assertThat(Askari.drift()).isEmptyExcept(because("a test route", "routes", "192.0.2.0/24 .*")),
                        () -> assertThat(Askari.drift()).isEmpty(),
                        """
                        [drift from askari before reboot 1 to askari after reboot 1] Expecting no difference, but there is 1:
                          seen: lost routes: 192.0.2.0/24 via 10.0.2.2
                                  it was added by hand"""));
    }

    private static Packages packages() {
        return new Packages(Askari.HOST, List.of(new DebianPackage("nftables", "1.1.3-1", "amd64", "ii")));
    }

    private static CronJobs cron() {
        return new CronJobs(Askari.HOST, List.of(new CronJob("/etc/crontab", "0 3 * * * root backup")));
    }

    @ParameterizedTest
    @MethodSource("families")
    void should_pass_when_it_holds(Case family) throws Throwable {
        family.passes().call();
    }

    @ParameterizedTest
    @MethodSource("families")
    void should_fail_with_the_relevant_part_of_the_state(Case family) {
        assertThatThrownBy(family.fails()).isInstanceOf(AssertionError.class).hasMessage(family.message());
    }

    @Test
    void should_know_a_unit_of_the_journal_by_its_short_name() {
        assertThatThrownBy(() -> assertThat(Askari.journal()).hasNothingFrom("docker"))
                .hasMessageContaining("Expecting no warnings from docker.")
                .hasMessageContaining("failed to start daemon");
    }

    @Test
    void should_refuse_to_assert_nothing() {
        assertThatThrownBy(() -> assertThat(Askari.sockets()).listensOn())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Name at least one port: this assertion would assert nothing.");
        assertThatThrownBy(() -> assertThat(Askari.file()).contains(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Give a text: this assertion would assert nothing.");
        assertThatThrownBy(() -> assertThat(new Containers(Askari.HOST, List.of(), List.of(), List.of(), List.of())).allRun())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("but there is none");
    }

    @Test
    void should_not_believe_in_the_absence_of_a_text_in_a_file_that_was_read_in_part() {
        FileState log = new FileState(
                Askari.HOST, "/var/log/long", "file", "0640", "root", "adm", FileState.CONTENT_LIMIT + 1L, "",
                Optional.of("started\n"), Optional.empty());

        assertThat(log).contains("started");
        assertThatThrownBy(() -> assertThat(log).doesNotContain("panic"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("/var/log/long not to contain \"panic\", but only its first 65536 bytes were read.");
    }

    private static SudoRights restricted() {
        return new SudoRights(
                Askari.HOST,
                Map.of("sjat", List.of(
                        new SudoRule(List.of("ALL"), false, List.of("ALL", "!/bin/su"), "/etc/sudoers"))),
                Map.of());
    }

    private static SudoRights spared() {
        return new SudoRights(
                Askari.HOST, Askari.sudo().byUser(), Map.of("sjat", List.of("Defaults!/bin/ls !authenticate")));
    }

    @Test
    void should_not_believe_that_an_account_may_do_nothing_which_sudo_was_not_asked_about() {
        SudoRights rights = new SudoRights(Askari.HOST, Map.of("sjat", List.of()), Map.of());

        assertThat(rights).allowsNothing("sjat");
        assertThatThrownBy(() -> assertThat(rights).allowsNothing("sajt"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("but sudo was not asked about it")
                .hasMessageContaining("seen: sjat");
    }

    @Test
    void should_fail_at_once_when_a_named_thing_is_missing() {
        assertThatThrownBy(() -> assertThat(Askari.containers()).named("db"))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("[askari containers after reboot 1] Expecting container db, but there is none.");
    }

    @Test
    void should_refuse_an_excuse_that_covers_nothing() {
        assertThatThrownBy(() -> assertThat(new Drift("a", "b", List.of())).isEmptyExcept(because("old", "mounts", "/x")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expecting every excuse to cover a difference; drop those that do not.");
    }

    @Test
    void should_collect_all_failures_of_soft_assertions() {
        BomaSoftAssertions softly = new BomaSoftAssertions();
        softly.assertThat(Askari.units()).noneFailed();
        softly.assertThat(Askari.containers()).named("web").isHealthy().hasRestartPolicy("always");
        softly.assertThat(Askari.containers()).named("db").isRunning();
        softly.assertThat(Askari.sockets()).listener(tcp(22)).isOnEveryAddress();

        assertThatThrownBy(softly::assertAll)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expecting no unit to have failed.")
                .hasMessageContaining("Expecting container web to be healthy.")
                .hasMessageContaining("Expecting container web to have the restart policy always.")
                .hasMessageContaining("Expecting container db, but there is none.");
        assertThat(softly.errorsCollected()).hasSizeGreaterThanOrEqualTo(4);
    }
}
