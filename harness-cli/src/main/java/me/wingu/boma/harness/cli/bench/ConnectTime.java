package me.wingu.boma.harness.cli.bench;

import me.wingu.boma.harness.profile.Profiles;
import me.wingu.boma.harness.rehearsal.Lab;
import me.wingu.boma.harness.rehearsal.LabSettings;
import me.wingu.boma.harness.rehearsal.Progress;

/** A process of its own, which prints the moment when libvirt was connected; its parent knows when it began. */
final class ConnectTime {

    private ConnectTime() {}

    /**
     * Connects as every command does, and prints when, in milliseconds since 1970.
     *
     * @param args none
     */
    @SuppressWarnings("try") // the lab is opened, not used
    public static void main(String[] args) {
        try (Lab lab = Lab.open(LabSettings.ofThisProcess(), Profiles.discover(), Progress.SILENT)) {
            System.out.println(System.currentTimeMillis());
        }
    }
}
