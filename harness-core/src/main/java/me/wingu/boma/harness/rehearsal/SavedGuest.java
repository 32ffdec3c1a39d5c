package me.wingu.boma.harness.rehearsal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.diagnostics.Reboot;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A checkpoint, for a list.
 *
 * @param id its name in the store
 * @param host the host
 * @param certs the cert tier's word
 * @param scenario the scenario, if any
 * @param stage how far the guest had come: {@code up}, {@code applied}, {@code applied+clean}
 * @param takenAt when it was saved
 * @param usedAt when a run last went on from it
 * @param memoryBytes the length of its saved memory
 * @param diskBytes the length of the disk that is frozen with it; the disks below are other checkpoints' too
 * @param run the run directory of the run that saved it
 * @param reboots the verified reboots that it rests on
 * @param outdated why no run goes on from it any more, one line each; empty while it is valid
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record SavedGuest(
        String id,
        String host,
        String certs,
        Optional<String> scenario,
        String stage,
        Instant takenAt,
        Instant usedAt,
        long memoryBytes,
        long diskBytes,
        String run,
        List<Reboot> reboots,
        List<String> outdated) {

    private static final int SHOWN = 3;

    /** Copies the lists. */
    public SavedGuest {
        reboots = List.copyOf(reboots);
        outdated = List.copyOf(outdated);
    }

    @Override
    public String toString() {
        String valid = outdated.isEmpty()
                ? "valid"
                : "outdated: " + String.join(", ", outdated.subList(0, Math.min(SHOWN, outdated.size())))
                        + (outdated.size() > SHOWN ? ", and " + (outdated.size() - SHOWN) + " more" : "");
        return "%s  %s%s%s  %s  saved %s, used %s  %d MiB of memory, %d MiB of disk  rests on %d reboot(s), run %s  %s"
                .formatted(
                        id, host, certs.equals("internal") ? "" : " " + certs, scenario.map(s -> " " + s).orElse(""),
                        stage, Ago.of(takenAt), Ago.of(usedAt), memoryBytes >> 20, diskBytes >> 20, reboots.size(), run,
                        valid);
    }
}
