package me.wingu.boma.harness.apply;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.PrivateFiles;

/**
 * The private directory of one application: inventory, configuration, variables, plugins; gone when it is over.
 *
 * <p>Only its owner can enter it. A lock tells a workspace in use from one whose process was killed; the latter, which
 * may hold secrets, is swept away before the next one is made.
 */
final class Workspace implements AutoCloseable {

    private static final String PREFIX = "boma-it-apply-";
    private static final List<String> RESOURCES =
            List.of("connect.py", "strategy/boma_one_host.py", "callback/boma_events.py");

    private final Path directory;
    private final FileChannel lock;

    private Workspace(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    static Workspace create() {
        sweep();
        try {
            Path directory = Files.createTempDirectory(PREFIX);
            FileChannel lock = lockFile(directory);
            lock.lock();
            Workspace workspace = new Workspace(directory, lock);
            for (String resource : RESOURCES) {
                workspace.unpack(resource);
            }
            Files.createDirectory(workspace.path("cp"));
            Files.createDirectory(workspace.path("tmp"));
            workspace.write("events", "");
            workspace.write("secrets", "");
            return workspace;
        } catch (IOException e) {
            throw new UncheckedIOException("making a workspace in " + parent(), e);
        }
    }

    /** Removes the workspaces of this user's processes that were killed. */
    static void sweep() {
        try (Stream<Path> entries = Files.list(parent())) {
            List<Path> workspaces = entries.filter(entry -> entry.getFileName().toString().startsWith(PREFIX))
                    .filter(Files::isWritable)
                    .collect(Collectors.toList());
            for (Path workspace : workspaces) {
                if (abandoned(workspace)) {
                    PrivateFiles.delete(workspace);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("sweeping " + parent(), e);
        }
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(path(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + path(name), e);
        }
    }

    @Override
    public void close() {
        try {
            PrivateFiles.delete(directory);
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("removing " + directory, e);
        }
    }

    private void unpack(String resource) throws IOException {
        Files.createDirectories(path(resource).getParent());
        try (InputStream in = Workspace.class.getResourceAsStream(resource)) {
            Files.copy(Objects.requireNonNull(in, resource), path(resource));
        }
    }

    private static Path parent() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static FileChannel lockFile(Path workspace) throws IOException {
        return FileChannel.open(workspace.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** A workspace without its lock file is one that another process is just making. */
    private static boolean abandoned(Path workspace) throws IOException {
        if (!Files.isRegularFile(workspace.resolve("lock"))) {
            return false;
        }
        try (FileChannel channel = lockFile(workspace); FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // this very process uses it
        }
    }
}
