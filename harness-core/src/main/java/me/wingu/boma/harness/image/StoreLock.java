package me.wingu.boma.harness.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import me.wingu.boma.harness.waiting.Waiting;

/**
 * The right to make one image, which one process at a time has. The kernel takes it back when the process dies, so that
 * nothing has to be cleaned up; the file itself stays, because deleting it would let two processes lock two files.
 */
final class StoreLock implements AutoCloseable {

    private final FileChannel channel;

    private StoreLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits for the lock.
     *
     * @param file the file to lock
     * @param deadline how long another process may keep it
     * @param progress is told that there is another process
     */
    static StoreLock acquire(Path file, Duration deadline, ImageProgress progress) {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("opening the lock " + file, e);
        }
        StoreLock lock = new StoreLock(channel);
        try {
            if (lock.tryLock().isEmpty()) {
                progress.step("Another process is making this image; waiting for it");
                Waiting.upTo("the process that makes the image", deadline).until(lock::tryLock);
            }
            return lock;
        } catch (Waiting.InVain e) {
            lock.close();
            throw new HarnessException(
                    Kind.MACHINE,
                    "Another process has been making this image for too long.",
                    file + " was still locked after " + deadline.toMinutes() + " min",
                    "see which process it is with: fuser -v " + file,
                    e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private Optional<FileLock> tryLock() {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty(); // another thread of this process has it
        } catch (IOException e) {
            throw new UncheckedIOException("locking", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("unlocking", e);
        }
    }
}
