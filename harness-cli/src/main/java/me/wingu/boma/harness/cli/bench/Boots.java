package me.wingu.boma.harness.cli.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.guest.GuestConnection;
import me.wingu.boma.harness.waiting.Waiting;

/**
 * The boots of a guest as somebody sees them who has nothing but SSH.
 *
 * @param shell the guest's shell
 * @param doom says why the guest cannot come up any more; empty as long as it can
 */
record Boots(GuestConnection shell, Supplier<Optional<String>> doom) {

    private static final String BOOT_ID = "cat /proc/sys/kernel/random/boot_id";
    private static final Duration QUICK = Duration.ofMinutes(1);
    /** Several times what an emulated boot takes. */
    private static final Duration BOOT = Duration.ofMinutes(6);

    /**
     * Reboots the guest, once its boot is at rest.
     *
     * @return the time from the order to a command of the new boot
     * @throws Waiting.InVain when there is none
     */
    Duration reboot() {
        shell.run("systemctl is-system-running --wait; cloud-init status --wait >/dev/null", BOOT);
        String before = shell.run(BOOT_ID, QUICK).stdout();
        Instant start = Instant.now();
        shell.run("systemctl reboot --no-block", QUICK);
        await(before);
        return Duration.between(start, Instant.now());
    }

    /**
     * Waits until a command runs over SSH, of a boot other than the given one.
     *
     * @param before a boot id; empty for whichever boot
     * @throws Waiting.InVain when none does
     */
    void await(String before) {
        Waiting.upTo("the guest's SSH", BOOT).unless(doom).until(() -> {
            shell.disconnect();
            return shell.tryRun(BOOT_ID, QUICK)
                    .filter(CommandResult::succeeded)
                    .map(CommandResult::stdout)
                    .filter(id -> !id.equals(before));
        });
    }
}
