package me.wingu.boma.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** What nobody but its owner may read, from the moment that it is there: directories of mode 700 and files of mode 600. */
@API(status = Status.INTERNAL, since = "0.1")
public final class PrivateFiles {

    private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY = mode("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> FILE = mode("rw-------");

    private PrivateFiles() {}

    private static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    /**
     * Makes a directory.
     *
     * @throws java.nio.file.FileAlreadyExistsException when something of its name is there
     * @throws IOException when it cannot be made
     */
    public static Path createDirectory(Path directory) throws IOException {
        return Files.createDirectory(directory, DIRECTORY);
    }

    /**
     * Makes a directory, and those above it. What is there already keeps its mode.
     *
     * @throws IOException when it cannot be made
     */
    public static Path createDirectories(Path directory) throws IOException {
        return Files.createDirectories(directory, DIRECTORY);
    }

    /**
     * Writes a file, so that it is the old one or the new one whole, whenever the process is killed.
     *
     * @return the file
     * @throws IOException when its directory is not there or cannot be written to
     */
    public static Path write(Path file, byte[] content) throws IOException {
        Path part = Files.createTempFile(file.toAbsolutePath().getParent(), ".", ".part", FILE);
        Files.write(part, content);
        return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Writes a text in UTF-8, as {@link #write(Path, byte[])} does.
     *
     * @return the file
     * @throws IOException when its directory is not there or cannot be written to
     */
    public static Path write(Path file, String text) throws IOException {
        return write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Deletes a file, or a directory with all that is in it; links are not followed. What is not there is no failure.
     *
     * @throws IOException when something of it cannot be deleted
     */
    public static void delete(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
