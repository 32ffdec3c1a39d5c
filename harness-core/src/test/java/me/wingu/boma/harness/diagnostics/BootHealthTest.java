package me.wingu.boma.harness.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootHealthTest {


    @ParameterizedTest
    @ValueSource(
            strings = {
                "[    1.2] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)",
                "[    1.2] BUG: kernel NULL pointer dereference, address: 0000000000000000",
                "[    1.2] Oops: 0002 [#1] PREEMPT SMP NOPTI",
                "[    9.9] Out of memory: Killed process 123 (mysqld) total-vm:100kB",
                "[    9.9] oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null)",
                "[    3.1] systemd[1]: sysinit.target: Found ordering cycle on nftables.service/start",
                "You are in emergency mode. After logging in, type \"journalctl -xb\"",
                "Give root password for maintenance",
                "[   60.0] watchdog: BUG: soft lockup - CPU#0 stuck for 22s!",
                "[    2.2] EXT4-fs error (device vda1): ext4_lookup:1855"
            })
    void should_find_a_bad_line_on_the_console(String line) {
        String console = "[    0.000000] Linux version 6.12\n" + line + "\r\n[   10.0] login:\n";

        assertThat(BootHealth.faults(List.of(), console, x -> false, x -> false)).containsExactly("console: " + line);
        assertThat(BootHealth.faults(List.of(), console, x -> false, l -> l.contains(line))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[    0.1] DEBUG: nothing",
                "[    0.1] Command line: panic=10 oops=panic",
                "[    1.1] systemd[1]: Reached target emergency-net.target",
                "[    1.1] EXT4-fs (vda1): mounted filesystem with ordered data mode"
            })
    void should_pass_over_a_harmless_line(String line) {
        assertThat(BootHealth.faults(List.of(), line, x -> false, x -> false)).isEmpty();
    }

    @Test
    void should_name_each_failed_unit_that_is_not_excused() {
        assertThat(BootHealth.faults(
                        List.of("ssh.service", "apt-news.service"), "", "apt-news.service"::equals, x -> false))
                .containsExactly("unit ssh.service failed");
    }

    @Test
    void should_tell_units_before_the_console() {
        assertThat(BootHealth.faults(List.of("a.service"), "Kernel panic - not syncing: x", x -> false, x -> false))
                .containsExactly("unit a.service failed", "console: Kernel panic - not syncing: x");
    }
}
