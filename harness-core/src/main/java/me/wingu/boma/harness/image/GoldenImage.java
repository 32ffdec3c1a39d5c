package me.wingu.boma.harness.image;

import java.nio.file.Path;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * An image in the cache, complete and verified; the file never changes again.
 *
 * @param qcow2 the file
 * @param name the definition's name
 * @param sha512 the file's SHA-512 sum, in small hexadecimal digits
 * @param virtualSizeBytes the size of the disk that a guest sees
 * @param origin how the image came about
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record GoldenImage(Path qcow2, String name, String sha512, long virtualSizeBytes, Origin origin) {

    /** How an image came about. */
    public enum Origin {
        /** Downloaded as the publisher made it, and verified against the publisher's list. */
        DOWNLOADED,
        /** Downloaded and verified, then booted once to install the definition's packages. */
        DOWNLOADED_AND_BAKED,
        /** Built from Debian packages on this machine. */
        BUILT
    }
}
