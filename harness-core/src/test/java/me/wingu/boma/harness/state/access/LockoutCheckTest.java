package me.wingu.boma.harness.state.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import me.wingu.boma.harness.state.RecordedHost;
import org.junit.jupiter.api.Test;

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
    void should_see_that_a_rule_added_by_hand_is_gone_after_a_reboot() {
        AccessVerdict verdict = check.judge(new RecordedHost()
                .replace("nftboot", "\"right\": \"@admins\"", "\"right\": \"203.0.113.1\"")
                .state("askari"));

        assertThat(verdict.path("admin").orElseThrow().isOpenNow()).isTrue();
        assertThat(verdict.path("admin").orElseThrow().afterReboot()).singleElement()
                .satisfies(obstacle -> assertThat(obstacle.reason()).startsWith("/etc/nftables.conf: ").contains("DROP"));
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

    @Test
    void should_foresee_that_sshd_loses_the_race_for_an_address_of_a_tunnel() {
        AccessVerdict verdict = check.judge(new RecordedHost()
                .replace("sshd", "listenaddress [::]:22\nlistenaddress 0.0.0.0:22", "listenaddress 100.99.0.1:22")
                .state("askari"));

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
    void should_refuse_to_judge_without_a_path() {
        assertThatThrownBy(() -> new LockoutCheck("ansible", List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
