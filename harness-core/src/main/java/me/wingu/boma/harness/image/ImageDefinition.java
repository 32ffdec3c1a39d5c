package me.wingu.boma.harness.image;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What a golden image shall be.
 *
 * @param name the image's name, which is its file's name in {@code profiles/images/} without the ending
 * @param release the Debian release's code name, such as {@code trixie}
 * @param architecture Debian's name of the architecture
 * @param diskGiB the size of the disk that the guest sees, in GiB; an overlay may be larger, never smaller
 * @param published where the publisher offers the image; empty when it is always built from packages
 * @param packages the packages to bake in beside those that every image has
 * @param packageFiles the packages to lay down, with all that they depend on, as files in {@code /var/lib/boma/debs};
 *     they are not installed, but unpacked into container images
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record ImageDefinition(
        String name,
        String release,
        String architecture,
        int diskGiB,
        Optional<PublishedImage> published,
        List<String> packages,
        List<String> packageFiles) {

    /** Copies the lists. */
    public ImageDefinition {
        packages = List.copyOf(packages);
        packageFiles = List.copyOf(packageFiles);
    }

    /**
     * Returns the key of what a definition and the way it is carried out amount to: another key, another image.
     *
     * @param way what else decides the result, such as the text of the build's scripts
     */
    String key(String way) {
        String text = String.join(
                "\n",
                name,
                release,
                architecture,
                Integer.toString(diskGiB),
                published.map(PublishedImage::toString).orElse(""),
                String.join(" ", packages),
                String.join(" ", packageFiles),
                way);
        return Sha512.of(text.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }
}
