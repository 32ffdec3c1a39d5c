package me.wingu.boma.harness.state.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.RecordedHost;
import me.wingu.boma.harness.state.SshdConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By which paths the operator gets in, and what closes them. */
class LockoutCheckTest {

    private final LockoutCheck check = new LockoutCheck(
            "ansible",
            List.of(
                    OperatorPath.ssh("mesh", "100.99.0.7", "wt0"),
                    OperatorPath.ssh("admin", "198.51.100.7", "eth0"),
                    OperatorPath.ssh("stranger", "198.51.100.99", "eth0")));

    @Test
    void should_let_the_operator_in_by_the_paths_that_are_open() {
        AccessVerdict verdict = check.judge(new RecordedHost().state("askari"));

        assertThat(verdict.path("mesh").orElseThrow()).hasToString("""
                mesh (100.99.0.7 by wt0 to 22/tcp)
                  now: open
                  after a reboot: open""");
        assertThat(verdict.path("admin").orElseThrow().isOpenNow()).isTrue();
        assertThat(verdict.path("admin").orElseThrow().survivesReboot()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"admin.example, 22", "198.51.100.0/24, 22", "198.51.100.7, 0", "198.51.100.7, 65536"})
    void should_refuse_a_path_that_there_cannot_be(String source, int port) {
        assertThatThrownBy(() -> new OperatorPath("admin", source, "eth0", port))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("The operator's path admin cannot be asked about.")
                .hasMessageContaining(source + " to port " + port);
    }

    @Test
    void should_name_the_rule_or_policy_that_closes_a_path() {
        PathVerdict stranger = check.judge(new RecordedHost().state("askari")).path("stranger").orElseThrow();

        assertThat(stranger.isOpenNow()).isFalse();
        assertThat(stranger.now()).singleElement().satisfies(obstacle -> {
            assertThat(obstacle.part()).isEqualTo(Obstacle.Part.FIREWALL);
            assertThat(obstacle.reason()).contains("DROP").contains("inet filter input").contains("policy drop");
        });
    }

    @Test
    void should_ask_for_the_packets_that_follow_the_first_one() {
        List<Obstacle> admin = admin(new RecordedHost()
                .replace("nftables", "\"op\": \"in\", \"left\": {\"ct\": {\"key\": \"state\"}}, \"right\": [\"established\", \"related\"]",
                        "\"op\": \"in\", \"left\": {\"ct\": {\"key\": \"state\"}}, \"right\": [\"related\"]")
                .replace("nftables", "\"right\": \"@admins\"}}, {\"match\"",
                        "\"right\": \"@admins\"}}, {\"match\": {\"op\": \"in\", \"left\": {\"ct\": {\"key\": \"state\"}},"
                                + " \"right\": \"new\"}}, {\"match\""));

        assertThat(admin).singleElement().extracting(Obstacle::reason).asString()
                .startsWith("the first packet gets in, and those that follow do not\n")
                .contains("policy drop");
    }

    @Test
    void should_ask_for_the_answers_of_the_host() {
        List<Obstacle> silenced = admin(new RecordedHost().replace("nftables", "{\"chain\": {\"family\": \"inet\", \"table\": \"filter\", \"name\": \"forward\"",
                "{\"chain\": {\"family\": \"inet\", \"table\": \"filter\", \"name\": \"out\", \"handle\": 3, \"type\": \"filter\","
                        + " \"hook\": \"output\", \"prio\": 0, \"policy\": \"drop\"}}, {\"chain\": {\"family\": \"inet\","
                        + " \"table\": \"filter\", \"name\": \"forward\""));
        List<Obstacle> strayed = admin(new RecordedHost().replace("network", "{\"dst\":\"default\"", "{\"dst\":\"192.0.2.0/24\""));

        assertThat(silenced).singleElement().extracting(Obstacle::reason).asString()
                .startsWith("packets get in, and the host's answers do not leave\n")
                .contains("inet filter out", "policy drop");
        assertThat(strayed).singleElement().extracting(Obstacle::reason).asString().contains("no route leads to 198.51.100.7");
    }

    @Test
    void should_see_that_a_rule_added_by_hand_is_gone_after_a_reboot() {
        AccessVerdict verdict = check.judge(new RecordedHost()
                .replace("nftboot", "\"right\": \"@admins\"", "\"right\": \"203.0.113.1\"")
                .state("askari"));

        assertThat(verdict.path("admin").orElseThrow().isOpenNow()).isTrue();
        assertThat(verdict.path("admin").orElseThrow().afterReboot()).singleElement()
                .satisfies(obstacle -> assertThat(obstacle.reason()).startsWith("/etc/nftables.conf: ").contains("DROP"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "l /etc/systemd/system/multi-user.target.wants/firewalld.service /usr/lib/systemd/system/firewalld.service\n"
                + "f /usr/lib/systemd/system/firewalld.service ",
        "f /run/systemd/generator.late/firewalld.service \n"
                + "l /run/systemd/generator.late/multi-user.target.wants/firewalld.service ../firewalld.service"
    })
    void should_not_know_what_another_firewall_brings_at_boot(String files) {
        AccessVerdict verdict = check.judge(new RecordedHost()
                .replace("units", "=install\n", files + "\n=install\n/usr/lib/systemd/system/firewalld.service\n")
                .state("askari"));

        assertThat(verdict.path("admin").orElseThrow().isOpenNow()).isTrue();
        assertThat(verdict.path("admin").orElseThrow().afterReboot()).extracting(Obstacle::toString).containsExactly(
                "firewall: firewalld.service starts at boot, and what it loads then is not known; disable it if it is not in use");
    }

    @Test
    void should_not_call_a_path_open_whose_interface_has_no_address_to_send_to() {
        AccessVerdict verdict = new LockoutCheck("ansible", List.of(OperatorPath.ssh("admin6", "fd00:b03a:17::7", "eth0")))
                .judge(new RecordedHost()
                        .replace("sockets", "0.0.0.0:22 ", "*:22 ")
                        .state("askari"));

        assertThat(verdict.isOpenNow()).isFalse();
        assertThat(verdict.survivesReboot()).isFalse();
        assertThat(verdict.paths().get(0).now()).extracting(Obstacle::toString)
                .contains("firewall: it cannot be told without an address of eth0 that fd00:b03a:17::7 can send to");
        assertThat(verdict.paths().get(0).afterReboot()).extracting(Obstacle::toString)
                .contains("firewall: /etc/nftables.conf: it cannot be told without an address of eth0 that"
                        + " fd00:b03a:17::7 can send to");
    }

    @Test
    void should_name_the_missing_listener_and_its_unit() {
        AccessVerdict verdict = check.judge(new RecordedHost()
                .replace("sockets", "0.0.0.0:22 ", "0.0.0.0:2222 ")
                .replace("units", "\"unit\":\"ssh.service\",\"load\":\"loaded\",\"active\":\"active\",\"sub\":\"running\"",
                        "\"unit\":\"ssh.service\",\"load\":\"loaded\",\"active\":\"failed\",\"sub\":\"failed\"")
                .state("askari"));

        assertThat(verdict.path("admin").orElseThrow().now()).singleElement().satisfies(
                obstacle -> assertThat(obstacle.part()).isEqualTo(Obstacle.Part.LISTENER));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "ansible:none::90::20000 | yes | PAM lets ansible do nothing before the password is changed: chage -l ansible",
        "ansible:none::90::      | yes | PAM lets ansible do nothing before the password is changed: chage -l ansible",
        "ansible:none:::: 0      | yes | PAM lets ansible do nothing before the password is changed: chage -l ansible",
        "ansible:none::90::20000 | no  | -",
        "ansible:none::90::20700 | yes | -",
        "ansible:none::99999::1  | yes | -",
        "ansible:none::::        | yes | -",
        "ansible:locked::::      | yes | -",
        "ansible:locked::::      | no  | sshd without PAM refuses a locked account, keys or not: usermod -p '*' ansible",
    })
    void should_know_when_a_password_keeps_its_owner_out(String shadow, String pam, String told) {
        List<Obstacle> admin = admin(new RecordedHost()
                .replace("users", "ansible:none:", shadow.replace(" ", ""))
                .replace("sshd", "pubkeyauthentication yes", "pubkeyauthentication yes\nusepam " + pam));

        assertThat(admin).extracting(Obstacle::reason).isEqualTo(told == null ? List.of() : List.of(told));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/usr/sbin/nologin", "/bin/true", "/usr/bin/git-shell"})
    void should_know_the_shells_that_let_nobody_work(String shell) {
        assertThat(admin(new RecordedHost().replace("users", "/home/ansible:/bin/bash", "/home/ansible:" + shell)))
                .singleElement().extracting(Obstacle::toString).asString().contains("no login for ansible");
    }

    @Test
    void should_know_that_a_shell_is_missing() {
        assertThat(admin(new RecordedHost().replace("users", "=today", "=shellless\nansible\n=today")))
                .extracting(Obstacle::reason)
                .singleElement().asString().startsWith("no login for ansible").endsWith("its shell is missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "1000 | 775  | yes | /home/ansible, mode 775 of user id 1000",
        "1001 | 700  | yes | /home/ansible, mode 700 of user id 1001",
        "1001 | 700  | no  | -",
        "1000 | 2755 | yes | -",
        "0    | 755  | yes | -",
    })
    void should_know_what_strict_modes_refuse(String owner, String mode, String strict, String told) {
        List<Obstacle> admin = admin(new RecordedHost()
                .append("sshd", "=modes\nansible\t1000\t/home/ansible/.ssh/authorized_keys\t" + owner + "\t" + mode
                        + "\t/home/ansible\n")
                .replace("sshd", "pubkeyauthentication yes", "pubkeyauthentication yes\nstrictmodes " + strict));

        assertThat(admin).extracting(Obstacle::reason).isEqualTo(told == null
                ? List.of()
                : List.of("ansible has no authorized key for a shell from 198.51.100.7 (sshd's StrictModes: others may change "
                        + told + "), and no password that sshd accepts"));
    }

    @Test
    void should_know_that_sshd_reads_keys_with_the_rights_of_the_account() {
        List<Obstacle> admin = admin(new RecordedHost()
                .append("sshd", "=unread\nansible\t/home/ansible/.ssh/authorized_keys\tPermission denied\n"));

        assertThat(admin).extracting(Obstacle::reason).containsExactly(
                "ansible has no authorized key for a shell from 198.51.100.7 (ansible cannot read it, Permission denied: namei -l"
                        + " /home/ansible/.ssh/authorized_keys), and no password that sshd accepts");
    }

    /** Of the mount on the home: lines of fstab, and unit files. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "-                                  | -                                            | by hand",
        "/dev/vdb /home ext4 defaults 0 2   | -                                            | -",
        "/dev/vdb /home/ ext4               | -                                            | -",
        "/dev/vdb /home ext4 noauto 0 2     | /run/systemd/generator/home.mount            | by hand",
        "/dev/vdb /home ext4 rw,noauto,x-systemd.automount | -                             | -",
        "-                                  | /run/systemd/generator/home.mount            | by hand",
        "-                                  | /run/systemd/generator.late/home.mount&/run/systemd/generator.late/local-fs.target.requires/home.mount | -",
        "-                                  | /run/systemd/transient/home.mount            | by hand",
        "-                                  | /etc/systemd/system/home.mount               | by hand",
        "-                                  | /etc/systemd/system/local-fs.target.wants/home.mount | -",
        "/dev/vdb /home ext4 defaults 0 2&/dev/vdc /home/ansible ext4 | -                  | /home/ansible at boot",
    })
    void should_know_whether_the_home_is_mounted_after_a_reboot(String fstab, String unit, String told) {
        RecordedHost host = new RecordedHost()
                .replace("mounts", "=swaps", "50 29 254:16 / /home rw,relatime shared:9 - ext4 /dev/vdb rw\n=swaps");
        if (fstab != null) {
            host.replace("mounts", "=df", fstab.replace("&", "\n") + "\n=df");
        }
        if (unit != null) {
            host.replace("units", "=files\n", "=files\nf " + unit.replace("&", " \nf ") + " \nf /etc/systemd/system/home.mount \n");
        }
        PathVerdict admin = check.judge(host.state("askari")).path("admin").orElseThrow();

        assertThat(admin.isOpenNow()).isTrue();
        assertThat(admin.afterReboot()).extracting(Obstacle::reason).isEqualTo(told == null
                ? List.of()
                : List.of(told.equals("by hand")
                        ? "/home/ansible/.ssh/authorized_keys lies in what is mounted by hand, as it seems: neither /etc/fstab nor an"
                                + " enabled unit has /dev/vdb on /home type ext4 (relatime,rw)"
                        : "/etc/fstab mounts /home/ansible at boot, which is not mounted now: what it has in the place of"
                                + " /home/ansible/.ssh/authorized_keys is not known"));
    }

    @Test
    void should_know_what_is_mounted_over_the_home_and_what_mounts_homes_on_demand() {
        RecordedHost covered = new RecordedHost()
                .replace("mounts", "=swaps", "50 29 254:16 / /home rw shared:9 - ext4 /dev/vdb rw\n"
                        + "51 50 254:32 / /home rw shared:10 - ext4 /dev/vdc rw\n=swaps")
                .replace("mounts", "=df", "/dev/vdb /home ext4 defaults 0 2\n=df");
        RecordedHost onDemand = new RecordedHost()
                .replace("mounts", "=swaps", "50 29 0:50 / /home rw - autofs /etc/auto.home rw\n"
                        + "51 50 0:51 / /home/ansible rw - nfs4 nas:/home/ansible rw\n=swaps");

        assertThat(survives(covered)).isFalse();
        assertThat(survives(onDemand)).isFalse();
        assertThat(survives(onDemand.replace("units", "=files\n", """
                =files
                l /etc/systemd/system/multi-user.target.wants/autofs.service /usr/lib/systemd/system/autofs.service
                f /usr/lib/systemd/system/autofs.service
                """))).isTrue();
    }

    private boolean survives(RecordedHost host) {
        return check.judge(host.state("askari")).path("admin").orElseThrow().survivesReboot();
    }

    private List<Obstacle> admin(RecordedHost host) {
        return check.judge(host.state("askari")).path("admin").orElseThrow().now();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ssh-ed25519 | ssh-ed25519,rsa-sha2-512        |",
        "ssh-ed25519 | rsa-sha2-512,rsa-sha2-256       | [ssh-ed25519]",
        "ssh-rsa     | rsa-sha2-512,ssh-ed25519        |",
        "ssh-rsa     | ssh-ed25519,ecdsa-sha2-nistp256 | [rsa-sha2-256, rsa-sha2-512, ssh-rsa]",
        "ssh-rsa     | +ssh-rsa                        |",
    })
    void should_know_which_keys_sshd_takes(String type, String accepted, String refused) {
        PathVerdict admin = check.judge(new RecordedHost()
                        .replace("sshd", "pubkeyauthentication yes", "pubkeyauthentication yes\npubkeyacceptedalgorithms " + accepted)
                        .replace("sshd", " ssh-ed25519 AAAA", " " + type + " AAAA")
                        .state("askari"))
                .path("admin")
                .orElseThrow();

        assertThat(admin.isOpenNow()).isEqualTo(refused == null);
        assertThat(admin.now()).extracting(Obstacle::reason).isEqualTo(refused == null
                ? List.of()
                : List.of("ansible has no authorized key for a shell from 198.51.100.7 (sshd's PubkeyAcceptedAlgorithms has none of "
                        + refused + "), and no password that sshd accepts"));
    }

    @Test
    void should_foresee_that_sshd_comes_back_on_another_port() {
        AccessVerdict verdict = check.judge(sshd(
                "listenaddress [::]:22\nlistenaddress 0.0.0.0:22", "listenaddress [::]:2222\nlistenaddress 0.0.0.0:2222"));

        assertThat(verdict.path("admin").orElseThrow().isOpenNow()).isTrue();
        assertThat(verdict.path("admin").orElseThrow().afterReboot()).extracting(Obstacle::toString).containsExactly(
                "listener: sshd will listen on [[::]:2222, 0.0.0.0:2222], not on 22/tcp");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "drop   | {\"counter\": null}",
        "accept | {\"drop\": null}",
    }, quoteCharacter = '~')
    void should_not_trust_what_iptables_denies_without_knowing_who_loads_it(String policy, String last) {
        AccessVerdict verdict = check.judge(new RecordedHost()
                .replace("nftables", "{\"table\": {\"family\": \"inet\", \"name\": \"filter\", \"handle\": 1}}",
                        """
                        {"table": {"family": "ip", "name": "filter", "handle": 9}}, {"chain": {"family": "ip", "table": "filter", \
                        "name": "INPUT", "handle": 1, "type": "filter", "hook": "input", "prio": 0, "policy": "POLICY"}}, {"rule": \
                        {"family": "ip", "table": "filter", "chain": "INPUT", "handle": 2, "expr": [{"match": {"op": "==", "left": \
                        {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 22}}, {"accept": null}]}}, {"rule": \
                        {"family": "ip", "table": "filter", "chain": "INPUT", "handle": 3, "expr": [LAST]}}, \
                        {"table": {"family": "inet", "name": "filter", "handle": 1}}"""
                                .replace("POLICY", policy)
                                .replace("LAST", last))
                .state("askari"));

        assertThat(verdict.path("admin").orElseThrow().isOpenNow()).isTrue();
        assertThat(verdict.path("admin").orElseThrow().afterReboot()).extracting(Obstacle::toString).containsExactly(
                "firewall: the chain ip filter INPUT denies by default, and /etc/nftables.conf does not bring it: whether something"
                        + " else does at boot, and with which rules, is not known");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "[]                                             | 22   |",
        "[]                                             | 2222 | ssh.socket will listen on [0.0.0.0:22, [::]:22], not on 2222/tcp",
        "[/etc/systemd/system/ssh.socket.d/listen.conf] | 22   | ssh.socket opens at boot what [/etc/systemd/system/ssh.socket.d/listen.conf] say, which is not known: systemctl start ssh.socket tells",
    })
    void should_ask_the_socket_that_systemd_opens_in_place_of_sshd(String dropIns, int port, String obstacle) {
        String dropIn = dropIns.substring(1, dropIns.length() - 1);
        HostState state = new RecordedHost()
                .replace("units", "l /etc/systemd/system/sshd.service /usr/lib/systemd/system/ssh.service\n", "")
                .replace("units", "l /etc/systemd/system/multi-user.target.wants/ssh.service /usr/lib/systemd/system/ssh.service\n",
                        "l /etc/systemd/system/sockets.target.wants/ssh.socket /usr/lib/systemd/system/ssh.socket\n"
                                + (dropIn.isEmpty() ? "" : "f " + dropIn + " \n"))
                .state("askari");
        OperatorPath path = new OperatorPath("admin", "198.51.100.7", "eth0", port);

        assertThat(new Listener(state, path).afterReboot()).extracting(Obstacle::reason)
                .isEqualTo(obstacle == null ? List.of() : List.of(obstacle));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Listen={ Stream ; [::]:22 }                                        | 22   | ",
        "Listen={ Stream ; [::]:22 }~BindIPv6Only=ipv6-only                 | 22   | ssh.socket will listen on [::] only, not on eth0",
        "Listen={ Stream ; 0.0.0.0:2222 } { Stream ; [::]:2222 }            | 2222 | ",
        "Listen={ Stream ; 127.0.0.1:22 }                                   | 22   | ssh.socket will listen on [127.0.0.1] only, not on eth0",
    })
    void should_ask_systemd_what_a_socket_of_the_operators_own_opens(String properties, int port, String obstacle) {
        HostState state = bySocket("f /etc/systemd/system/ssh.socket \n")
                .append("startup", "\n\nId=ssh.socket\n" + properties.replace('~', '\n') + "\nNeedDaemonReload=0\n")
                .state("askari");

        assertThat(new Listener(state, new OperatorPath("admin", "198.51.100.7", "eth0", port)).afterReboot())
                .extracting(Obstacle::reason)
                .isEqualTo(obstacle == null ? List.of() : List.of(obstacle));
        assertThat(new Listener(bySocket("f /etc/systemd/system/ssh.socket \n").state("askari"), OperatorPath.ssh("a", "198.51.100.7", "eth0"))
                        .afterReboot())
                .extracting(Obstacle::reason)
                .containsExactly("ssh.socket opens at boot what [/etc/systemd/system/ssh.socket] say, which is not known:"
                        + " systemctl start ssh.socket tells");
    }

    /** A host where systemd opens the port in place of sshd. */
    private static RecordedHost bySocket(String files) {
        return new RecordedHost()
                .replace("units", "l /etc/systemd/system/sshd.service /usr/lib/systemd/system/ssh.service\n", "")
                .replace("units", "l /etc/systemd/system/multi-user.target.wants/ssh.service /usr/lib/systemd/system/ssh.service\n",
                        "l /etc/systemd/system/sockets.target.wants/ssh.socket /usr/lib/systemd/system/ssh.socket\n" + files);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/etc/default/ssh:SSHD_OPTS=-u0                                                    | ",
        "/etc/default/ssh:SSHD_OPTS='-p 2222'                                              | -p 2222' starts sshd with options",
        "/etc/default/ssh:SSHD_OPTS=' -p 2222'                                             | -p 2222' starts sshd with options",
        "/etc/systemd/system/ssh.service:EnvironmentFile=-/etc/default/ssh                 | ",
        "/etc/systemd/system/ssh.service.d/o.conf:Environment=TZ=UTC                       | ",
        "/etc/systemd/system/ssh.service.d/o.conf:Environment = SSHD_OPTS=-p2222           | SSHD_OPTS=-p2222 starts sshd with options",
        "/etc/systemd/system/ssh.service.d/o.conf:EnvironmentFile=/etc/mine                | EnvironmentFile=/etc/mine starts sshd with",
        "/etc/systemd/system/ssh.service:ExecStart = /usr/sbin/sshd -D -p 2222             | -p 2222 starts sshd with options",
        "/etc/systemd/system/ssh.service:ExecStart=/usr/sbin/sshd -D $SSHD_OPTS            | ",
        "/etc/systemd/system/ssh.service.d/o.conf:ExecStart=/usr/sbin/sshd -D -f /etc/mine | starts sshd with options that its",
        "/etc/ssh/sshd_not_to_be_run:                                                      | sshd does not start while there is",
    }, quoteCharacter = '"')
    void should_know_that_sshd_starts_otherwise_than_its_configuration_says(String start, String told) {
        HostState state = new RecordedHost().replace("sshd", "=key\n", "=starts\n" + start + "\n=key\n").state("askari");
        List<Obstacle> later = check.judge(state).path("admin").orElseThrow().afterReboot();

        if (told == null) {
            assertThat(later).isEmpty();
        } else {
            assertThat(later).singleElement().extracting(Obstacle::reason).asString().contains(told);
        }
    }

    @Test
    void should_ask_for_the_options_of_an_sshd_that_a_socket_starts() {
        HostState state = bySocket("")
                .replace("sshd", "=key\n", "=starts\n/etc/default/ssh:SSHD_OPTS=-f /etc/mine\n/etc/systemd/system/ssh.service:ExecStart=/bin/x\n=key\n")
                .state("askari");

        assertThat(new Listener(state, OperatorPath.ssh("admin", "198.51.100.7", "eth0")).afterReboot()).extracting(Obstacle::reason)
                .containsExactly("/etc/default/ssh:SSHD_OPTS=-f /etc/mine starts sshd with options that its configuration does not tell of");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void should_foresee_that_fail2ban_takes_up_its_bans_again(boolean enabled, boolean told) {
        String ban = """
                {"table": {"family": "inet", "name": "f2b-table", "handle": 9}}, {"chain": {"family": "inet", "table": "f2b-table", \
                "name": "f2b-chain", "handle": 1, "type": "filter", "hook": "input", "prio": -1, "policy": "accept"}}, {"rule": \
                {"family": "inet", "table": "f2b-table", "chain": "f2b-chain", "handle": 2, "expr": [{"match": {"op": "==", "left": \
                {"payload": {"protocol": "ip", "field": "saddr"}}, "right": "198.51.100.7"}}, {"drop": null}]}}""";
        String files = "f /usr/lib/systemd/system/fail2ban.service \n" + (enabled
                ? "l /etc/systemd/system/multi-user.target.wants/fail2ban.service /usr/lib/systemd/system/fail2ban.service\n"
                : "");
        String table = "{\"table\": {\"family\": \"inet\", \"name\": \"filter\", \"handle\": 1}}";
        PathVerdict admin = check.judge(new RecordedHost()
                        .replace("nftables", table, ban + ", " + table)
                        .replace("units", "=install\n", files + "=install\n/usr/lib/systemd/system/fail2ban.service\n")
                        .state("askari"))
                .path("admin")
                .orElseThrow();

        assertThat(admin.isOpenNow()).isFalse();
        assertThat(admin.afterReboot()).extracting(Obstacle::reason).isEqualTo(told
                ? List.of("fail2ban bans 198.51.100.7, and takes up its bans again at boot: fail2ban-client unban 198.51.100.7")
                : List.of());
    }

    @Test
    void should_want_the_listener_and_the_firewall_to_agree_on_an_address() {
        String second = "{\"family\":\"inet\",\"local\":\"10.0.2.16\",\"prefixlen\":24,\"scope\":\"global\"},";
        RecordedHost host = new RecordedHost()
                .replace("network", "{\"family\":\"inet\",\"local\":\"10.0.2.15\"", second + "{\"family\":\"inet\",\"local\":\"10.0.2.15\"")
                .replace("sockets", "0.0.0.0:22", "10.0.2.16:22")
                .replace("nftables", "{\"payload\": {\"protocol\": \"ip\", \"field\": \"saddr\"}}, \"right\": \"@admins\"",
                        "{\"payload\": {\"protocol\": \"ip\", \"field\": \"daddr\"}}, \"right\": \"10.0.2.15\"");

        assertThat(check.judge(host.state("askari")).path("admin").orElseThrow().now())
                .extracting(Obstacle::part)
                .containsExactly(Obstacle.Part.FIREWALL);
    }

    @Test
    void should_see_that_an_interface_has_no_carrier() {
        HostState state = new RecordedHost()
                .replace("network", "\"ifname\":\"eth0\",\"flags\":[\"BROADCAST\",\"MULTICAST\",\"UP\",\"LOWER_UP\"]",
                        "\"ifname\":\"eth0\",\"flags\":[\"NO-CARRIER\",\"BROADCAST\",\"MULTICAST\",\"UP\"]")
                .state("askari");

        assertThat(check.judge(state).path("admin").orElseThrow().now()).singleElement().asString()
                .contains("eth0").contains("without a carrier");
    }

    @Test
    void should_foresee_that_sshd_loses_the_race_for_an_address_of_a_tunnel() {
        AccessVerdict verdict =
                check.judge(sshd("listenaddress [::]:22\nlistenaddress 0.0.0.0:22", "listenaddress 100.99.0.1:22"));

        assertThat(verdict.path("mesh").orElseThrow().afterReboot()).extracting(Obstacle::toString).containsExactly(
                "listener: ListenAddress [100.99.0.1] is an address of wt0, which comes up by itself: sshd that starts first"
                        + " has no listener");
        assertThat(verdict.survivesReboot()).isFalse();
    }

    @Test
    void should_foresee_that_a_unit_that_is_not_enabled_does_not_start() {
        AccessVerdict verdict = check.judge(new RecordedHost()
                .replace("units", "l /etc/systemd/system/multi-user.target.wants/ssh.service /usr/lib/systemd/system/ssh.service\n", "")
                .replace("units", "l /etc/systemd/system/sshd.service /usr/lib/systemd/system/ssh.service\n", "")
                .state("askari"));

        assertThat(verdict.isOpenNow()).isTrue();
        assertThat(verdict.path("admin").orElseThrow().afterReboot()).extracting(Obstacle::toString).containsExactly(
                "unit: neither ssh.service nor ssh.socket is enabled: ssh.service active (running), disabled;"
                        + " ssh.socket unloaded, inactive (dead), disabled");
    }

    @Test
    void should_name_an_account_without_a_key() {
        AccessVerdict verdict = new LockoutCheck("claude", List.of(OperatorPath.ssh("admin", "198.51.100.7", "eth0")))
                .judge(new RecordedHost().state("askari"));

        assertThat(verdict.paths().get(0).now()).extracting(Obstacle::toString)
                .containsExactly("account: claude has no authorized key, and no password that sshd accepts");
    }

    @Test
    void should_judge_a_match_block_for_the_path_that_it_is_about() {
        AccessVerdict verdict = check.judge(configured("""
                {
                Match Address 100.99.0.0/16,!100.99.0.66 User ansible
                PubkeyAuthentication no
                Match LocalPort 2222
                AllowUsers nobody
                Match Group !ansible,*
                AllowUsers nobody
                }
                PasswordAuthentication no
                """));

        assertThat(verdict.path("admin").orElseThrow().isOpenNow()).isTrue();
        assertThat(verdict.path("mesh").orElseThrow().now()).extracting(Obstacle::toString)
                .containsExactly("account: ansible has no authorized key, and no password that sshd accepts");
    }

    @Test
    void should_end_a_match_block_where_its_file_ends_and_give_it_what_it_includes() {
        SshdConfig sshd = configured("""
                {
                Match User a # for a while
                X11Forwarding no
                X11Forwarding yes
                AllowUsers one two
                AllowUsers three
                {
                Banner none
                Match Host b
                Banner /etc/issue
                }
                ForceCommand "/bin/false" now
                }
                PermitRootLogin yes
                """).sshd();

        assertThat(sshd.matchBlocks()).extracting(SshdConfig.MatchBlock::toString).containsExactly(
                "Match User a: allowusers one two three, banner none, x11forwarding no",
                "Match User a Host b: banner /etc/issue",
                "Match User a: forcecommand /bin/false now");
    }

    @Test
    void should_see_from_where_an_account_and_its_key_may_come() {
        AccessVerdict byKey = check.judge(sshd("198.51.100.0/24,100.99.0.7", "!198.51.100.99,198.51.100.*"));
        assertThat(byKey.path("admin").orElseThrow().isOpenNow()).isTrue();
        assertThat(byKey.path("mesh").orElseThrow().now()).extracting(Obstacle::toString).containsExactly(
                "account: ansible has no authorized key for a shell from 100.99.0.7 (from=\"!198.51.100.99,198.51.100.*\"), and no"
                        + " password that sshd accepts");

        AccessVerdict byName =
                check.judge(sshd("port 22\n", "port 22\nallowusers root\nallowusers ans*@198.51.100.0/25\n"));
        assertThat(byName.path("admin").orElseThrow().isOpenNow()).isTrue();
        assertThat(byName.path("mesh").orElseThrow().now()).extracting(Obstacle::toString).containsExactly(
                "account: sshd's AllowUsers or AllowGroups leaves ansible out from 100.99.0.7: [root, ans*@198.51.100.0/25]");

        AccessVerdict denied = check.judge(sshd("port 22\n", "port 22\ndenyusers ansible@100.99.0.7\n"));
        assertThat(denied.path("admin").orElseThrow().isOpenNow()).as("denied from elsewhere only").isTrue();
        assertThat(denied.path("mesh").orElseThrow().isOpenNow()).isFalse();
    }

    @Test
    void should_not_call_a_path_open_of_which_sshd_alone_can_tell() {
        AccessVerdict verdict = check.judge(configured("""
                {
                Match RDomain wan
                DenyUsers *
                Match RDomain lan
                Banner none
                }
                """));

        assertThat(verdict.path("admin").orElseThrow().now()).extracting(Obstacle::toString).containsExactly(
                "account: it cannot be told whether this is for ansible from 198.51.100.7: Match RDomain wan: denyusers *");
    }

    @Test
    void should_ask_for_everything_that_sshd_asks_for() {
        assertThat(obstacles("authenticationmethods publickey,password publickey,keyboard-interactive:pam"))
                .containsExactly("account: sshd asks for publickey,password or publickey,keyboard-interactive:pam, and ansible"
                        + " has a key and no password");
        assertThat(obstacles("authenticationmethods publickey,password publickey")).isEmpty();
        assertThat(obstacles("authenticationmethods any")).isEmpty();
        assertThat(obstacles("forcecommand internal-sftp"))
                .containsExactly("account: sshd gives no shell: ForceCommand internal-sftp");
        assertThat(obstacles("forcecommand none")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "maxsessions 0           | sshd lets nobody in: MaxSessions 0",
        "maxauthtries 0          | sshd lets nobody in: MaxAuthTries 0",
        "maxauthtries 1          | -",
        "maxsessions 10          | -",
        "refuseconnection yes    | sshd refuses: RefuseConnection yes",
        "refuseconnection no     | -",
        "chrootdirectory /srv/%u | whether there is a shell in it, and whether sshd takes it, is not known: ChrootDirectory /srv/%u",
        "chrootdirectory none    | -",
        "revokedkeys none        | -",
        "revokedkeys /etc/ssh/x  | ansible has no authorized key for a shell from 198.51.100.7 (it cannot be told whether RevokedKeys "
                + "/etc/ssh/x has it: ssh-keygen -Q -f /etc/ssh/x), and no password that sshd accepts",
    })
    void should_know_what_keeps_everybody_from_a_shell(String setting, String told) {
        List<String> expected = told == null ? List.of() : List.of("account: " + told);

        assertThat(obstacles(setting)).isEqualTo(expected);
        assertThat(check.judge(configured("{\nMatch User ansible\n" + setting + "\n}\n")).path("admin").orElseThrow().now())
                .extracting(Obstacle::toString).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "yes | account required pam_nologin.so              | /etc/nologin | /etc/nologin | /etc/nologin",
        "yes | account required pam_nologin.so              | /run/nologin | /run/nologin | -",
        "yes | account [success=ok default=bad] pam_nologin.so | /etc/nologin | /etc/nologin | /etc/nologin",
        "yes | account optional pam_nologin.so              | /etc/nologin | -            | -",
        "yes | -                                            | /etc/nologin | -            | -",
        "yes | account required pam_nologin.so              | -            | -            | -",
        "no  | account required pam_nologin.so              | /run/nologin | -            | -",
        "no  | account required pam_nologin.so              | /etc/nologin | /etc/nologin | /etc/nologin",
    })
    void should_know_the_files_that_let_in_root_alone(String asked, String line, String file, String now, String later) {
        RecordedHost host = pam(asked, line, file, "");
        PathVerdict admin = check.judge(host.state("askari")).path("admin").orElseThrow();
        PathVerdict root = new LockoutCheck("root", List.of(OperatorPath.ssh("admin", "198.51.100.7", "eth0")))
                .judge(host.append("sshd", "root\t/srv/keys/root\tssh-ed25519 AAAA operator\n").state("askari"))
                .paths().get(0);

        assertThat(admin.now()).extracting(Obstacle::reason)
                .isEqualTo(now == null ? List.of() : List.of(now + " lets in root alone as long as it is there"));
        assertThat(admin.afterReboot()).hasSize(later == null ? 0 : 1);
        assertThat(root.now()).noneMatch(obstacle -> obstacle.reason().contains("nologin"));
    }

    /** The operator is ansible, from 198.51.100.7. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            required pam_access.so            | -                                                          | in
            required pam_access.so            | + : root ansible : ALL & - : ALL : ALL                      | in
            required pam_access.so            | + : root : ALL & - : ALL : ALL                              | out
            required pam_access.so            | - : ALL EXCEPT root ansible : ALL                           | in
            required pam_access.so            | - : ALL EXCEPT root : ALL EXCEPT 198.51.100.0/24            | in
            required pam_access.so            | - : ALL : 198.51.100.9/24                                   | out
            required pam_access.so            | + : ansible : 198.51. & - : ALL : ALL                       | in
            required pam_access.so            | + : (ansible) : 198.51.100.8 & - : ALL : ALL                | out
            required pam_access.so            | + : (ansible) : 2001:db8::/32, 198.51.100.7 & -:ALL:ALL     | in
            required pam_access.so nodefgroup | + : (ansible) : ALL & - : ALL : ALL                         | in
            required pam_access.so            | + : ALL : cron crond & + : ansible : ALL & - : ALL : ALL    | in
            required pam_access.so            | - : ansible : .example.org                                  | untold
            required pam_access.so            | - : @ops : ALL                                              | untold
            required pam_access.so            | - : ansible : LOCAL                                         | untold
            required pam_access.so            | - : ansible : 198.51.100.0/255.255.255.0                    | untold
            optional pam_access.so            | - : ALL : ALL                                               | in
            required pam_access.so accessfile=/etc/x | + : ALL : ALL                                        | unread
            required pam_listfile.so item=user file=/etc/x | -                                              | unread
            [success=1 default=ignore] pam_succeed_if.so uid < 1000 | -                                     | in
            """)
    void should_ask_pam_after_sshd(String line, String rules, String where) {
        String access = rules.equals("-") ? "" : rules.replace(" & ", "\n");
        List<Obstacle> obstacles = admin(pam("yes", "account " + line, null, access));

        String rule = access.substring(access.lastIndexOf('\n') + 1);
        if (where.equals("in")) {
            assertThat(obstacles).isEmpty();
        } else {
            assertThat(obstacles).singleElement().extracting(Obstacle::reason).asString().isEqualTo(switch (where) {
                case "out" -> "pam_access refuses ansible from 198.51.100.7: " + rule;
                case "untold" ->
                    "it cannot be told whether this rule of pam_access is for ansible from 198.51.100.7: " + rule;
                default -> (rule.isEmpty() ? "it is not known whom PAM refuses by " : "the rules are not known of ") + "account " + line;
            });
        }
    }

    /** The recorded host with what the script says about PAM. */
    private static RecordedHost pam(String asked, @Nullable String line, @Nullable String nologin, String access) {
        return new RecordedHost()
                .replace("sshd", "pubkeyauthentication yes", "pubkeyauthentication yes\nusepam " + asked)
                .replace("sshd", "=key\n", "=pam\n" + (line == null ? "" : line + "\n") + "=nologin\n"
                        + (nologin == null ? "" : nologin + "\n") + "=access\n" + access + "\n=key\n");
    }

    /** The recorded host read its clock at 12:14:43 UTC on 20 November 2026. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            expiry-time="20261120"                      | Etc/UTC            | out
            expiry-time="20261121"                      | Etc/UTC            | in
            expiry-time="202611201215"                  | Etc/UTC            | in
            expiry-time="202611201214"                  | Etc/UTC            | out
            expiry-time="20261120121443"                | Etc/UTC            | in
            expiry-time="20261120121442"                | Etc/UTC            | out
            expiry-time="202611201500"                  | Africa/Nairobi     | out
            expiry-time="202611201500Z"                 | Africa/Nairobi     | in
            expiry-time="202611201500"                  | posix/Africa/Nairobi | out
            expiry-time="202611201530"                  | posix/Africa/Nairobi | in
            expiry-time="202611200730"                  | EST                | in
            expiry-time="202611201500"                  | Mars/Olympus       | out
            expiry-time="202611210215"                  | Mars/Olympus       | in
            expiry-time="next summer"                   | Etc/UTC            | out
            no-pty,command="/usr/bin/rrsync /srv"       | Etc/UTC            | out
            cert-authority,principals="ansible,root"    | Etc/UTC            | out
            restrict,environment="A=b, command=c"       | Etc/UTC            | in
            from="198.51.100.7/24"                      | Etc/UTC            | out
            from="!198.51.100.99/32,198.51.100.0/24"    | Etc/UTC            | in
            from=198.51.100.0/24                        | Etc/UTC            | out
            no-X11-fowarding                            | Etc/UTC            | out
            no-X11-forwarding,No-Pty                    | Etc/UTC            | in
            no-pty="yes"                                | Etc/UTC            | out
            """)
    void should_take_a_key_for_what_its_options_make_of_it(String options, String zone, String where) {
        HostState state = new RecordedHost()
                .replace("sshd", "from=\"198.51.100.0/24,100.99.0.7\"", options)
                .replace("boot", "Etc/UTC", zone)
                .state("askari");

        PathVerdict admin = check.judge(state).path("admin").orElseThrow();

        if (where.equals("in")) {
            assertThat(admin.now()).isEmpty();
        } else {
            assertThat(admin.now()).extracting(Obstacle::toString).singleElement().asString()
                    .startsWith("account: ansible has no authorized key for a shell from 198.51.100.7 (")
                    .contains(options.substring(options.indexOf(',') + 1).replaceFirst("^principals.*", "cert-authority"));
        }
    }

    /** Some are from the manual page; the others were compared with what {@code tcpdmatch} says of them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            deny: ALL: ALL                                                 | out
            deny: all: all except 198.51.100.8                             | out
            deny: vsftpd: ALL                                              | in
            deny: sshd, vsftpd: 198.51.                                    | out
            deny: ALL EXCEPT sshd: ALL                                     | in
            deny: ALL: ALL EXCEPT 198.51.100.0/255.255.255.0               | in
            deny: sshd: 198.51.100.7/24                                    | in
            deny: sshd: 198.51.100.0/24 EXCEPT 198.51.100.0/25 EXCEPT 198.51.100.7 | out
            deny: sshd: [fd00:1::]/32                                      | in
            deny: sshd: .example.org                                       | untold
            deny: sshd: operator@203.0.113.9                               | in
            deny: sshd-session: 198.51.100.7                               | untold
            deny: ALL: ALL: spawn (logger %h): allow                       | in
            allow: sshd: 198.51.100.7: deny                                | out
            allow: sshd: 198.51.100.7: twist /bin/echo no                  | out
            allow: sshd: ALL & deny: ALL: ALL                              | in
            allow: sshd: .example.org & deny: ALL: ALL                     | out
            allow: sshd: .example.org & deny: sshd: 203.0.113.             | in
            """)
    void should_ask_tcp_wrappers_before_sshd(String rules, String where) {
        String lines = rules.replaceAll("(^| & )(allow|deny): ", "$1/etc/hosts.$2:").replace(" & ", "\n");
        List<Obstacle> obstacles = check.judge(sshd("=key\n", "=wrappers\n" + lines + "\n=key\n"))
                .path("admin").orElseThrow().now();

        String refused = lines.substring(lines.lastIndexOf('\n') + 1).replaceFirst(":", ": ");
        assertThat(obstacles).extracting(Obstacle::toString).isEqualTo(switch (where) {
            case "in" -> List.of();
            case "out" -> List.of("account: TCP wrappers refuse 198.51.100.7: " + refused);
            default -> List.of("account: TCP wrappers refuse 198.51.100.7: it cannot be told whether this is for 198.51.100.7: " + refused);
        });
    }

    private List<String> obstacles(String setting) {
        HostState state = sshd("addressfamily any\n", "addressfamily any\n" + setting + "\n");
        return check.judge(state).path("admin").orElseThrow().now().stream().map(Obstacle::toString).toList();
    }

    /** The recorded host with these lines in the place of its configuration's. */
    private static HostState configured(String lines) {
        return sshd("=files\n{\n", "=files\n{\n" + lines);
    }

    /** The recorded host with other text in what was recorded of its sshd. */
    private static HostState sshd(String old, String now) {
        return new RecordedHost().replace("sshd", old, now).state("askari");
    }

    @Test
    void should_refuse_to_judge_without_a_path() {
        assertThatThrownBy(() -> new LockoutCheck("ansible", List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
