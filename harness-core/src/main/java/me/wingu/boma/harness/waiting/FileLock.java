package me.wingu.boma.harness.waiting;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import me.wingu.boma.harness.HarnessException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A turn that one thread of one process on this machine has at a time, also among users. The kernel frees the lock of a
 * process that dies; the file is gone when nobody holds it.
 */
@API(status = Status.INTERNAL, since = "0.1")
public final class FileLock implements AutoCloseable {

    private static final long LONGEST = 1L << 30;

    /**
     * A lock is the process's, not the thread's; and closing any descriptor of the file gives it away (fcntl(2), POSIX
     * locks). So no other thread may as much as open a file that is named here.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FileLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Waits for a lock.
     *
     * @param file the file that stands for it, in a directory that exists
     * @param patience how long another holder may keep it
     * @param busy told once when somebody else holds it
     * @throws HarnessException of kind {@code MACHINE} when it was not free in time, or the file cannot be made
     */
    public static FileLock take(Path file, Duration patience, Runnable busy) {
        Optional<FileLock> atOnce = attempt(file);
        if (atOnce.isPresent()) {
            return atOnce.get();
        }
        busy.run();
        try {
            return Waiting.upTo("the lock " + file, patience).until(() -> attempt(file));
        } catch (Waiting.InVain e) {
            throw new HarnessException(
                    HarnessException.Kind.MACHINE,
                    "Taking the lock " + file + " failed: another process holds it.",
                    e.reason(),
                    "wait for it to end, or find it: fuser -v " + file,
                    e);
        }
    }

    /**
     * Does something while holding a lock.
     *
     * @param file the file that stands for it, in a directory that exists
     * @param patience how long another holder may keep it
     * @param work what to do
     * @return what the work returned
     * @throws HarnessException of kind {@code MACHINE} when it was not free in time, or the file cannot be made
     */
    @SuppressWarnings("try") // the lock is held, not used
    public static <T> T whileHeld(Path file, Duration patience, Supplier<T> work) {
        try (FileLock lock = take(file, patience, () -> {})) {
            return work.get();
        }
    }

    /**
     * Takes a lock if nobody holds it.
     *
     * @param file the file that stands for it
     * @return the lock, or nothing
     * @throws HarnessException of kind {@code MACHINE} when the file cannot be made
     */
    public static Optional<FileLock> attempt(Path file) {
        Path path = file.toAbsolutePath().normalize();
        if (!HELD_HERE.add(path)) {
            return Optional.empty(); // another thread of this process
        }
        Optional<FileLock> taken = Optional.empty();
        try {
            taken = attemptAlone(path);
            return taken;
        } finally {
            if (taken.isEmpty()) {
                HELD_HERE.remove(path);
            }
        }
    }

    private static Optional<FileLock> attemptAlone(Path file) {
        try {
            FileChannel channel = open(file);
            // The holder before us deletes the file: what we locked must still be what others will find.
            if (channel.tryLock() != null && isStillThere(file, channel)) {
                return Optional.of(new FileLock(file, channel));
            }
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            if (isBeingMadeOrDeleted(file, e)) {
                return Optional.empty();
            }
            throw new HarnessException(
                    HarnessException.Kind.MACHINE,
                    "Taking the lock " + file + " failed.",
                    e.toString(),
                    "check that " + file.getParent() + " is a directory that you may write to",
                    e);
        }
    }

    /** Another holder comes or goes: it deletes the file, or has made it and not opened it to all users yet. */
    private static boolean isBeingMadeOrDeleted(Path file, IOException e) {
        return (e instanceof NoSuchFileException && Files.isDirectory(file.getParent()))
                || (e instanceof AccessDeniedException && Files.exists(file));
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
     * would give the lock away: see {@link #HELD_HERE}.
     */
    private static boolean isStillThere(Path file, FileChannel channel) throws IOException {
        long length = ThreadLocalRandom.current().nextLong(1, LONGEST);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(new byte[1]), length - 1); // a sparse file: it takes no space
        return Files.exists(file) && Files.size(file) == length;
    }

    /**
     * Gives the lock back.
     *
     * @throws HarnessException of kind {@code MACHINE} when the file cannot be closed
     */
    @Override
    public void close() {
        try {
            delete();
            channel.close();
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.MACHINE, "Giving the lock " + file + " back failed.", e.toString(), "", e);
        } finally {
            HELD_HERE.remove(file);
        }
    }

    private void delete() throws IOException {
        try {
            Files.deleteIfExists(file);
        } catch (FileSystemException e) {
            // Another user's file in a sticky directory: only that user may delete it, and it hinders nobody.
            System.getLogger(FileLock.class.getName()).log(System.Logger.Level.DEBUG, "leaving " + file, e);
        }
    }
}
