package me.wingu.boma.harness.rehearsal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.waiting.Waiting;

/**
 * Makes the starts of guests on one machine take turns, across processes and users. The kernel frees the lock of a
 * process that dies; the file is gone when nobody holds it.
 */
final class StartLock {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LONGEST = 1L << 30;

    /**
     * The lock of the file is the process's, not the thread's; and closing any descriptor of the file gives it away
     * (fcntl(2), POSIX locks). So no other thread may as much as open the file while one of them holds it.
     */
    private static final Semaphore THREADS = new Semaphore(1);

    private final Path file;
    private final FileChannel channel;

    private StartLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Does something while holding the lock; waits for another process to give it back first. */
    static <T> T whileHeld(Path file, Supplier<T> work) {
        StartLock lock = take(file);
        try {
            return work.get();
        } finally {
            lock.release();
        }
    }

    private static StartLock take(Path file) {
        try {
            return Waiting.upTo("the lock " + file, PATIENCE).until(() -> attempt(file));
        } catch (Waiting.InVain e) {
            throw new HarnessException(
                    HarnessException.Kind.MACHINE,
                    "Taking the lock " + file + " failed: another process holds it.",
                    e.reason(),
                    "wait for the other start to end, or find it: fuser -v " + file,
                    e);
        }
    }

    /** Takes the lock if nobody holds it. */
    static Optional<StartLock> attempt(Path file) {
        if (!THREADS.tryAcquire()) {
            return Optional.empty(); // another thread of this process
        }
        Optional<StartLock> taken = Optional.empty();
        try {
            taken = attemptAlone(file);
            return taken;
        } finally {
            if (taken.isEmpty()) {
                THREADS.release();
            }
        }
    }

    private static Optional<StartLock> attemptAlone(Path file) {
        try {
            FileChannel channel = open(file);
            // The holder before us deletes the file: what we locked must still be what others will find.
            if (channel.tryLock() != null && isStillThere(file, channel)) {
                return Optional.of(new StartLock(file, channel));
            }
            channel.close();
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.MACHINE,
                    "Taking the lock " + file + " failed.",
                    e.toString(),
                    "check that " + file.getParent() + " is a directory that you may write to",
                    e);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        // Not CREATE in one go: the kernel refuses that in a sticky directory on another user's file
        // (fs.protected_regular).
        try {
            Files.createFile(file);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        } catch (FileAlreadyExistsException e) {
            return FileChannel.open(file, StandardOpenOption.WRITE);
        }
        return FileChannel.open(file, StandardOpenOption.WRITE);
    }

    /**
     * A length given through the channel and seen at the path shows that both are one file. Reading the file instead
     * would give the lock away: see {@link #THREADS}.
     */
    private static boolean isStillThere(Path file, FileChannel channel) throws IOException {
        long length = ThreadLocalRandom.current().nextLong(1, LONGEST);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(new byte[1]), length - 1); // a sparse file: it takes no space
        return Files.exists(file) && Files.size(file) == length;
    }

    /** Gives the lock back. */
    void release() {
        try {
            delete();
            channel.close();
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.MACHINE, "Giving the lock " + file + " back failed.", e.toString(), "", e);
        } finally {
            THREADS.release();
        }
    }

    private void delete() throws IOException {
        try {
            Files.deleteIfExists(file);
        } catch (FileSystemException e) {
            // Another user's file in a sticky directory: only that user may delete it, and it hinders nobody.
            System.getLogger(StartLock.class.getName()).log(System.Logger.Level.DEBUG, "leaving " + file, e);
        }
    }
}
