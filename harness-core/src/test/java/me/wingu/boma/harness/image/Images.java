package me.wingu.boma.harness.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Definitions and files for tests that need no bootable image. */
final class Images {

    static final long GIB = 1L << 30;

    private Images() {}

    static ImageDefinition definition(String name) {
        return new ImageDefinition(name, "trixie", "amd64", 4, Optional.empty(), List.of(), List.of());
    }

    /** Writes the header of an empty qcow2 file of 4 GiB, with a number in it that tells it from others. */
    static void writeQcow2(Path file, int number) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(72);
        header.putInt(0x514649fb).putInt(2).putLong(0).putInt(0).putInt(16).putLong(4 * GIB).putInt(number);
        Files.write(file, header.array());
    }
}
