package me.wingu.boma.harness.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Files that nobody but their owner may read: directories of mode 700 and files of mode 600. */
final class OwnFiles {

    private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private OwnFiles() {}

    static Path directory(Path path) {
        return doing(() -> Files.createDirectories(path, DIRECTORY));
    }

    /** Reads a file; one that is not there is empty. */
    static String read(Path file) {
        return doing(() -> Files.isRegularFile(file) ? Files.readString(file) : "");
    }

    static byte[] bytes(Path file) {
        return doing(() -> Files.readAllBytes(file));
    }

    static void write(Path file, byte[] content) {
        doing(() -> Files.write(Files.createFile(file, FILE), content));
    }

    /** Writes a file so that it is the old one or the new one whole, whenever the process is killed. */
    static void replace(Path file, String text) {
        doing(() -> {
            Path part = Files.createTempFile(file.getParent(), ".", ".part", FILE);
            Files.write(part, text.getBytes(StandardCharsets.UTF_8));
            return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        });
    }

    static void rename(Path from, Path to) {
        doing(() -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE));
    }

    static List<Path> list(Path directory) {
        return doing(() -> {
            if (!Files.isDirectory(directory)) {
                return List.of();
            }
            try (Stream<Path> entries = Files.list(directory)) {
                return entries.sorted().toList();
            }
        });
    }

    static void delete(Path path) {
        doing(() -> {
            if (Files.exists(path)) {
                try (Stream<Path> tree = Files.walk(path)) {
                    for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                        Files.deleteIfExists(each);
                    }
                }
            }
            return path;
        });
    }

    private static <T> T doing(Io<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException("working in the store of checkpoints", e);
        }
    }

    private interface Io<T> {
        T run() throws IOException;
    }
}
