package me.wingu.boma.harness.rehearsal;

import java.time.Duration;
import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What proves that a guest rebooted.
 *
 * @param kind how it went down
 * @param bootIdBefore the kernel's boot id before
 * @param bootIdAfter the kernel's boot id after; a different one
 * @param took from the order to the answering guest
 * @param evidence what was seen, one line each: the boot ids, the hypervisor's event, the console's lines
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record RebootEvidence(
        RebootKind kind, String bootIdBefore, String bootIdAfter, Duration took, List<String> evidence) {

    /** Copies the evidence. */
    public RebootEvidence {
        evidence = List.copyOf(evidence);
    }
}
