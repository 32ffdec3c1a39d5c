package me.wingu.boma.harness.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.PrivateFiles;

/** What a store does with its files, all of them its user's alone; a failure names the file. */
final class StoreFiles {

    private StoreFiles() {}

    static Path directory(Path path) {
        return doing("Making", path, () -> PrivateFiles.createDirectories(path));
    }

    /** Reads a file; one that is not there is empty. */
    static String read(Path file) {
        return doing("Reading", file, () -> Files.isRegularFile(file) ? Files.readString(file) : "");
    }

    static byte[] bytes(Path file) {
        return doing("Reading", file, () -> Files.readAllBytes(file));
    }

    static void write(Path file, byte[] content) {
        doing("Writing", file, () -> PrivateFiles.write(file, content));
    }

    static void write(Path file, String text) {
        doing("Writing", file, () -> PrivateFiles.write(file, text));
    }

    static void rename(Path from, Path to) {
        doing("Renaming", from, () -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE));
    }

    static List<Path> list(Path directory) {
        return doing("Listing", directory, () -> {
            if (!Files.isDirectory(directory)) {
                return List.of();
            }
            try (Stream<Path> entries = Files.list(directory)) {
                return entries.sorted().toList();
            }
        });
    }

    static void delete(Path path) {
        doing("Deleting", path, () -> {
            PrivateFiles.delete(path);
            return path;
        });
    }

    private static <T> T doing(String what, Path path, Io<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.MACHINE,
                    what + " " + path + " failed.",
                    e.toString(),
                    "check its owner, its mode and the space there; BOMA_CHECKPOINTS names another place for checkpoints",
                    e);
        }
    }

    private interface Io<T> {
        T run() throws IOException;
    }
}
