package me.wingu.boma.harness.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConsoleTestimonyTest {

    private static final String KERNEL = "[    0.000000] Linux version 6.12.57+deb13-amd64\r\n";

    @Test
    void should_tell_why_sshd_has_no_listener() {
        assertThat(read(
                        """
                        [   21.000001] sshd[612]: error: Bind to port 22 on 100.99.0.1 failed: Cannot assign requested address.
                        [   21.000002] sshd[612]: fatal: Cannot bind any address.
                        """)
                        .reasons())
                .containsExactly(
                        "sshd does not listen on 100.99.0.1, port 22: Cannot assign requested address.",
                        "sshd gave up: Cannot bind any address.");
    }

    @Test
    void should_tell_once_that_the_kernel_stood_still() {
        ConsoleTestimony testimony = read(
                """
                [   47.1] rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:
                [   47.2] rcu: rcu_preempt kthread timer wakeup didn't happen for 5254 jiffies! g1573 f0x0 RCU_GP_WAIT_FQS(5)
                [   47.3] rcu: rcu_preempt kthread starved for 5255 jiffies! g1573 f0x0 RCU_GP_WAIT_FQS(5) ->cpu=0
                [  110.3] rcu: rcu_preempt kthread starved for 21000 jiffies! g1573 f0x0 RCU_GP_WAIT_FQS(5) ->cpu=0
                [  130.0] watchdog: BUG: soft lockup - CPU#1 stuck for 22s! [systemd-udevd:310]
                """);

        assertThat(testimony.stall()).contains("rcu: INFO: rcu_preempt detected stalls");
        assertThat(testimony.reasons())
                .containsExactly(
                        "the kernel stood still: rcu: INFO: rcu_preempt detected stalls",
                        "the kernel stood still: rcu: rcu_preempt kthread timer wakeup didn't happen",
                        "the kernel stood still: rcu: rcu_preempt kthread starved",
                        "the kernel stood still: BUG: soft lockup");
        assertThat(read("[    1.0] rcu: Hierarchical RCU implementation.\n").stall()).isEmpty();
    }

    @Test
    void should_tell_once_what_a_service_waits_for() {
        String line = "[   %s] mesh-agent[%s]: mesh: wt0 stays down, waiting for the coordinator https://mesh.example:443"
                + " (mesh.example is 127.0.0.1): curl: (22) The requested URL returned error: 502\n";

        assertThat(read(line.formatted("76.341923", "1158") + line.formatted("97.117620", "1290")).reasons())
                .containsExactly("mesh-agent waits: mesh: wt0 stays down, waiting for the coordinator"
                        + " https://mesh.example:443 (mesh.example is 127.0.0.1): curl: (22) The requested URL returned"
                        + " error: 502");
    }

    @Test
    void should_read_what_systemd_says_through_its_colours() {
        assertThat(read(
                        """
                        [\u001B[0;1;31mFAILED\u001B[0m] Failed to start \u001B[0;1;39mnftables.service\u001B[0m - nftables.
                        [   18.2] nft[401]: /etc/nftables.conf:12:3-9: Error: syntax error, unexpected string
                        [\u001B[0;31m*     \u001B[0m] A start job is running for wait-online.service (12s / no limit)
                        """)
                        .reasons())
                .containsExactly(
                        "Failed to start nftables.service - nftables.",
                        "the ruleset was not loaded: /etc/nftables.conf:12:3-9: Error: syntax error, unexpected string",
                        "systemd waits for wait-online.service");
    }

    @Test
    void should_read_the_last_boot_only() {
        ConsoleTestimony testimony = ConsoleTestimony.ofLastBoot(
                KERNEL + "[  9.1] sshd[6]: fatal: of the boot before\nweb login: \n" + KERNEL + "[  1.0] still booting\n");

        assertThat(testimony.reasons()).isEmpty();
        assertThat(testimony.asksForLogin()).isFalse();
        assertThat(read("\r\naskari login: [   47.202846] evm: overlay not supported\n").asksForLogin()).isTrue();
    }

    private static ConsoleTestimony read(String lines) {
        return ConsoleTestimony.ofLastBoot("[ 99.0] before\n" + KERNEL + lines);
    }
}
