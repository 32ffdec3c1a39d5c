package me.wingu.boma.harness.rehearsal;

import java.nio.file.Path;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Provides golden images by their names. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
@FunctionalInterface
public interface ImageSource {

    /**
     * Provides an image; fetches or builds it on the first use.
     *
     * @param name the name of its definition
     * @param progress told of long work
     * @return the image
     * @throws me.wingu.boma.harness.HarnessException when there is no such definition, or it can be had in no way
     */
    Image provide(String name, Progress progress);

    /**
     * Returns an image if it is here already, without making anything.
     *
     * @param name the name of its definition
     */
    default Optional<Image> find(String name) {
        return Optional.of(provide(name, Progress.SILENT));
    }

    /**
     * A golden image.
     *
     * @param name the name of its definition
     * @param file the qcow2 file on this machine
     * @param sha512 the file's checksum, hexadecimal
     */
    record Image(String name, Path file, String sha512) {

        /** The name of its copy in the hypervisor's pool. */
        String volume() {
            return "boma-it-image-" + name + "-" + sha512.substring(0, 16) + ".qcow2";
        }
    }
}
