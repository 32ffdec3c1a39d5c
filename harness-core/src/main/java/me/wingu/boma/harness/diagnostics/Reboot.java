package me.wingu.boma.harness.diagnostics;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * One verified reboot of a guest, as {@code run.json} and checkpoints tell it.
 *
 * @param kind how it went down: {@code clean} or {@code power-loss}
 * @param bootIdBefore the kernel's boot id before
 * @param bootIdAfter the kernel's boot id after; a different one
 * @param durationMs from the order to the answering guest, in milliseconds
 * @param evidence what proves it, one line each: the boot ids, the hypervisor's event, the console's lines
 * @param boot the boot after it as it was seen from outside; empty when nothing was watched
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Reboot(
        String kind,
        String bootIdBefore,
        String bootIdAfter,
        long durationMs,
        List<String> evidence,
        Optional<RunRecord.SeenBoot> boot) {

    /** Copies the list; a record of an earlier version has no boot in it. */
    @SuppressWarnings("OptionalAssignedToNull") // what Jackson hands over for a field that is not there
    public Reboot {
        evidence = List.copyOf(evidence);
        boot = boot == null ? Optional.empty() : boot;
    }

    Reboot with(RunRecord.SeenBoot seen) {
        return new Reboot(kind, bootIdBefore, bootIdAfter, durationMs, evidence, Optional.of(seen));
    }
}
