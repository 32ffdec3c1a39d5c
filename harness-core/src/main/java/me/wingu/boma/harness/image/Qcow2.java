package me.wingu.boma.harness.image;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The header of a qcow2 file, after QEMU's {@code docs/interop/qcow2.txt}. */
final class Qcow2 {

    private static final int MAGIC = 0x514649fb; // "QFI\xfb"
    private static final int BYTES_FROM_VERSION_TO_SIZE = 20;

    private Qcow2() {}

    /**
     * Returns the size of the disk that a guest sees.
     *
     * @throws IOException when the file cannot be read or is no qcow2 file
     */
    static long virtualSize(Path file) throws IOException {
        try (DataInputStream header = new DataInputStream(Files.newInputStream(file))) {
            if (header.readInt() != MAGIC) {
                throw new IOException(file + " is no qcow2 file");
            }
            header.skipNBytes(BYTES_FROM_VERSION_TO_SIZE);
            return header.readLong();
        } catch (EOFException e) {
            throw new IOException(file + " is too short for a qcow2 file", e);
        }
    }
}
