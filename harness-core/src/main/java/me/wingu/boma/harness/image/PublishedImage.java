package me.wingu.boma.harness.image;

import java.net.URI;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Where a publisher offers an image.
 *
 * @param url the qcow2 file
 * @param checksumsUrl the publisher's list of SHA-512 sums, in the form that {@code sha512sum} writes; it has a line for
 *     the file's name
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record PublishedImage(URI url, URI checksumsUrl) {

    /** Returns the file's name, as the list of sums calls it. */
    String fileName() {
        String path = url.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
