package me.wingu.boma.harness.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import me.wingu.boma.harness.image.GoldenImage.Origin;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the cache remembers of an image: which file it is, and how the file looked when it was verified.
 *
 * @param file the name of the qcow2 file beside this entry
 * @param sha512 the file's sum
 * @param origin how the image came about
 * @param sizeBytes the file's length
 * @param modifiedMillis the file's time of modification, in milliseconds since 1970
 */
record CacheEntry(String file, String sha512, Origin origin, long sizeBytes, long modifiedMillis) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Describes a file of the cache. */
    static CacheEntry of(Path qcow2, String sha512, Origin origin) throws IOException {
        return new CacheEntry(
                qcow2.getFileName().toString(),
                sha512,
                origin,
                Files.size(qcow2),
                Files.getLastModifiedTime(qcow2).toMillis());
    }

    /** Reads an entry; empty when there is none, or none that can be understood. */
    static Optional<CacheEntry> read(Path entry) throws IOException {
        if (!Files.isRegularFile(entry)) {
            return Optional.empty();
        }
        try {
            CacheEntry read = JSON.readValue(Files.readString(entry), CacheEntry.class);
            boolean whole = read.file() != null && read.sha512() != null && read.origin() != null;
            return Optional.of(read).filter(present -> whole);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    String json() {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    }

    /**
     * Returns whether the file beside the entry is still the one that was verified. A file whose length and time did not
     * change is taken for the same; another time means that its sum is looked at again.
     */
    boolean describes(Path qcow2) throws IOException {
        if (!Files.isRegularFile(qcow2) || Files.size(qcow2) != sizeBytes) {
            return false;
        }
        return Files.getLastModifiedTime(qcow2).toMillis() == modifiedMillis || Sha512.of(qcow2).equals(sha512);
    }
}
