package me.wingu.boma.harness.rehearsal;

import java.time.Duration;
import java.util.function.UnaryOperator;
import me.wingu.boma.harness.hypervisor.Accelerator;

/**
 * The deadlines of a rehearsal's waits. They are set for hardware virtualization and grow with the accelerator; several
 * times what was measured, because a deadline is there to end the endless, not to judge the slow.
 *
 * @param scaling makes the deadline for this guest of the one for hardware virtualization
 */
record Timing(UnaryOperator<Duration> scaling) {

    /** The deadlines of a guest that the given accelerator runs. */
    Timing(Accelerator accelerator) {
        this(accelerator::scale);
    }

    /** From the start of the domain to its DHCP lease. */
    Duration lease() {
        return scale(Duration.ofMinutes(1));
    }

    /** From the start, or the reset, to an answering SSH. */
    Duration boot() {
        return scale(Duration.ofSeconds(90));
    }

    /** From the console's login prompt to an answering SSH: both come at the end of a boot, whichever is first. */
    Duration login() {
        return scale(Duration.ofSeconds(30));
    }

    /** From the order to reboot to the reset: all services stop. systemd gives each up to 90 s. */
    Duration shutdown() {
        return scale(Duration.ofSeconds(100));
    }

    /** From an answering SSH to the end of the boot: all services started, cloud-init done. */
    Duration settle() {
        return scale(Duration.ofMinutes(2));
    }

    /** One reading of a host's whole state. */
    Duration state() {
        return scale(Duration.ofSeconds(30));
    }

    /** From the end of the boot to what services bring that systemd does not wait for: a port, an interface. */
    Duration late() {
        return scale(Duration.ofSeconds(10));
    }

    /** One run of a whole playbook. */
    Duration apply() {
        return scale(Duration.ofMinutes(15));
    }

    Duration scale(Duration withKvm) {
        return scaling.apply(withKvm);
    }
}
