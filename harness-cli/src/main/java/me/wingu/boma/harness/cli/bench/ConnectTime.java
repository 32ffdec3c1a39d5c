package me.wingu.boma.harness.cli.bench;

import java.time.Duration;
import java.time.Instant;
import me.wingu.boma.harness.profile.Profiles;
import me.wingu.boma.harness.rehearsal.Lab;
import me.wingu.boma.harness.rehearsal.LabSettings;
import me.wingu.boma.harness.rehearsal.Progress;

/** A process of its own, which prints how many milliseconds passed from its start until libvirt was connected. */
final class ConnectTime {

    private ConnectTime() {}

    /**
     * Connects as every command does, and tells when.
     *
     * @param args none
     */
    @SuppressWarnings("try") // the lab is opened, not used
    public static void main(String[] args) {
        try (Lab lab = Lab.open(LabSettings.ofThisProcess(), Profiles.discover(), Progress.SILENT)) {
            Instant connected = Instant.now();
            Instant started = ProcessHandle.current().info().startInstant().orElseThrow();
            System.out.println(Duration.between(started, connected).toMillis());
        }
    }
}
