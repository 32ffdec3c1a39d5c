package me.wingu.boma.harness.image;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Gives files their names in such a way that a name means a whole file, also after a power cut. */
final class DurableFiles {

    private DurableFiles() {}

    /** Gives a finished file its final name, in the same directory, replacing what had it. */
    static void publish(Path finished, Path target) throws IOException {
        sync(finished);
        Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(target.toAbsolutePath().getParent());
    }

    /** Writes a small text file so that readers see the old or the new one, and nothing between. */
    static void write(Path target, String text) throws IOException {
        Path fresh = target.resolveSibling(target.getFileName() + ".tmp");
        Files.writeString(fresh, text);
        publish(fresh, target);
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
