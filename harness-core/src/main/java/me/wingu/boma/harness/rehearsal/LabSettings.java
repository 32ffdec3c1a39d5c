package me.wingu.boma.harness.rehearsal;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.image.ImageStore;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * How rehearsals run on this machine, whichever host they are of.
 *
 * @param libvirtUri libvirt's connection URI
 * @param accelerator {@code auto}, {@code kvm} or {@code tcg}
 * @param ansible what carries Ansible's tasks out: {@code auto}, {@code plain} or {@code mitogen}
 * @param runs the parent of the run directories
 * @param images the cache of golden images
 * @param keys the directory of the harness's own SSH keys; the user's alone
 * @param lockFile the file whose lock makes two starts at the same moment take turns
 * @param maxVms how many guests may exist at once; 1 unless raised
 * @param reserveMiB the memory that must stay free beside a new guest, in MiB
 * @param checkpoints how saved guests are kept
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record LabSettings(
        String libvirtUri,
        String accelerator,
        String ansible,
        Path runs,
        Path images,
        Path keys,
        Path lockFile,
        int maxVms,
        int reserveMiB,
        CheckpointSettings checkpoints) {

    /**
     * Returns these settings with another parent of the run directories.
     *
     * @param directory the parent; it is made when it is needed
     */
    public LabSettings withRuns(Path directory) {
        return new LabSettings(
                libvirtUri, accelerator, ansible, directory, images, keys, lockFile, maxVms, reserveMiB, checkpoints);
    }

    /**
     * Returns these settings with another directory of the harness's own SSH keys.
     *
     * @param directory the directory; it is made when it is needed
     */
    public LabSettings withKeys(Path directory) {
        return new LabSettings(
                libvirtUri, accelerator, ansible, runs, images, directory, lockFile, maxVms, reserveMiB, checkpoints);
    }

    /**
     * Returns these settings with another number of guests at once.
     *
     * @param most at least 1
     */
    public LabSettings withMaxVms(int most) {
        return new LabSettings(
                libvirtUri, accelerator, ansible, runs, images, keys, lockFile, most, reserveMiB, checkpoints);
    }

    /**
     * Returns these settings with another way of keeping saved guests.
     *
     * @param settings how they are kept
     */
    public LabSettings withCheckpoints(CheckpointSettings settings) {
        return new LabSettings(libvirtUri, accelerator, ansible, runs, images, keys, lockFile, maxVms, reserveMiB, settings);
    }

    /**
     * Reads the settings of this process: each from its system property {@code boma.…}, else from its environment
     * variable {@code BOMA_…}, else the default.
     *
     * @throws HarnessException of kind {@code USAGE} when a number is none
     */
    public static LabSettings ofThisProcess() {
        return of(
                property -> Optional.ofNullable(System.getProperty(property))
                        .or(() -> Optional.ofNullable(System.getenv(variable(property))))
                        .filter(value -> !value.isBlank()),
                Path.of(System.getProperty("user.home")),
                name -> Optional.ofNullable(System.getenv(name)));
    }

    /** The environment variable that stands for a system property: {@code boma.max.vms} is {@code BOMA_MAX_VMS}. */
    static String variable(String property) {
        return property.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    static LabSettings of(
            Function<String, Optional<String>> setting, Path home, Function<String, Optional<String>> environment) {
        Path data = environment.apply("XDG_DATA_HOME").map(Path::of).orElse(home.resolve(".local/share"));
        return new LabSettings(
                setting.apply("boma.libvirt").orElse("qemu:///system"),
                setting.apply("boma.accelerator").orElse("auto"),
                setting.apply("boma.ansible").orElse("auto"),
                setting.apply("boma.runs").map(Path::of).orElse(home.resolve("integration-runs")),
                setting.apply("boma.images").map(Path::of).orElse(ImageStore.defaultDirectory()),
                data.resolve("boma-it/ssh"),
                setting.apply("boma.lock").map(Path::of).orElse(Path.of("/run/lock/boma-it.lock")),
                number(setting, "boma.maxvms", 1, 1),
                number(setting, "boma.reserve", 512, 0),
                new CheckpointSettings(
                        setting.apply("boma.checkpoints").map(Path::of).orElse(data.resolve("boma-it/checkpoints")),
                        number(setting, "boma.checkpointgib", 12, 1),
                        number(setting, "boma.checkpointdays", 7, 1),
                        !Reuse.inCi(environment)));
    }

    private static int number(Function<String, Optional<String>> setting, String property, int otherwise, int least) {
        Optional<String> value = setting.apply(property);
        try {
            int number = value.map(Integer::parseInt).orElse(otherwise);
            if (number < least) {
                throw new NumberFormatException("less than " + least);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE,
                    "Reading the setting " + property + " failed: \"" + value.orElse("") + "\" is no such number.",
                    "",
                    "set " + property + " (or " + variable(property) + ") to a whole number, " + least + " or more",
                    e);
        }
    }
}
