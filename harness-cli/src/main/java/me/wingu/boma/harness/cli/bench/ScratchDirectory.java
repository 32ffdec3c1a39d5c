package me.wingu.boma.harness.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A directory for the time of one measurement.
 *
 * @param path the directory; the user's alone
 */
record ScratchDirectory(Path path) implements AutoCloseable {

    static ScratchDirectory create() throws IOException {
        return new ScratchDirectory(Files.createTempDirectory("boma-it-bench"));
    }

    /** Deletes it with all that it holds. */
    @Override
    public void close() throws IOException {
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
