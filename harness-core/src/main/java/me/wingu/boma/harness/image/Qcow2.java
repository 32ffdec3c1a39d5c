package me.wingu.boma.harness.image;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** qcow2 files: their header, after QEMU's {@code docs/interop/qcow2.txt}, and how we make them. */
final class Qcow2 {

    private static final int MAGIC = 0x514649fb; // "QFI\xfb"
    private static final int BYTES_FROM_VERSION_TO_SIZE = 20;

    private static final Duration COMPRESSION = Duration.ofMinutes(20);

    private Qcow2() {}

    /** Writes a disk as one compressed file that needs no other: less than half of it to copy to the hypervisor. */
    static void compress(Path disk, String format, Path qcow2, ImageProgress progress) {
        progress.step("Compressing the image");
        Tool.of("Compressing the image", COMPRESSION, List.of(
                        "qemu-img", "convert", "-c", "-f", format, "-O", "qcow2", "-o", "compression_type=zstd",
                        disk.toString(), qcow2.toString()))
                .run(progress::detail);
    }

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
