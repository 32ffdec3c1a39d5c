package me.wingu.boma.harness.checkpoint;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import me.wingu.boma.harness.diagnostics.Reboot;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A guest as it was at a stage, to go on from.
 *
 * @param id what it is called in the store
 * @param subject whose it is
 * @param stage how far the guest had come
 * @param inputs everything that led there
 * @param takenAt when it was saved
 * @param run the run directory of the run that saved it
 * @param guest what is needed to reach the guest again
 * @param memory the volume with its memory
 * @param disks the volumes of its disk, the uppermost first; the last is the golden image
 * @param reboots the verified reboots that it rests on, in order
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Checkpoint(
        String id,
        Subject subject,
        Stage stage,
        Inputs inputs,
        Instant takenAt,
        String run,
        Guest guest,
        Volume memory,
        List<Volume> disks,
        List<Reboot> reboots) {

    /** Copies the lists. */
    public Checkpoint {
        disks = List.copyOf(disks);
        reboots = List.copyOf(reboots);
    }

    /**
     * What was rehearsed.
     *
     * @param host the host
     * @param certs the cert tier's word
     * @param scenario the scenario, if any
     */
    public record Subject(String host, String certs, Optional<String> scenario) {

        @Override
        public String toString() {
            return host + (certs.equals("internal") ? "" : " " + certs) + scenario.map(s -> " " + s).orElse("");
        }
    }

    /**
     * What is needed to reach a guest again.
     *
     * @param uuid its domain's UUID
     * @param address its address
     * @param user the account in it
     * @param hostKey its public host key
     * @param bootId the boot id of its kernel
     */
    public record Guest(UUID uuid, String address, String user, String hostKey, String bootId) {}

    /**
     * A volume that must not have changed.
     *
     * @param name its name
     * @param bytes the length of its file
     */
    public record Volume(String name, long bytes) {}

    /** Returns what identifies the stage together with what led to it. */
    public String key() {
        return key(stage, inputs);
    }

    static String key(Stage stage, Inputs inputs) {
        return inputs.with("stage", stage.word()).key();
    }

    /** Returns the volumes that are this checkpoint's, or shared with other checkpoints; not the golden image. */
    Stream<Volume> ownVolumes() {
        return Stream.concat(Stream.of(memory), disks.stream().limit(Math.max(0, disks.size() - 1)));
    }
}
