package me.wingu.boma.harness.rehearsal;

import java.nio.file.Path;
import java.time.Duration;
import me.wingu.boma.harness.checkpoint.Bounds;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * How saved guests are kept on this machine.
 *
 * @param directory where they are described; the user's alone
 * @param gib how many GiB their memory and disks may take together, 1 or more
 * @param days how many days one may go unused, 1 or more
 * @param keep whether they outlive the process that made them; not in continuous integration
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record CheckpointSettings(Path directory, int gib, int days, boolean keep) {

    Bounds bounds() {
        return new Bounds((long) gib << 30, Duration.ofDays(days));
    }
}
