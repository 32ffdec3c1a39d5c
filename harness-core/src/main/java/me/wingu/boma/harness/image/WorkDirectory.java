package me.wingu.boma.harness.image;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;

/**
 * Where an image is built: outside the home directory, which an ordinary user's subordinate ids cannot enter. Its name is
 * always the same for the same image and cache, so that the next build finds what a killed one left.
 */
record WorkDirectory(Path path) implements AutoCloseable {

    private static final Duration REMOVAL = Duration.ofMinutes(5);
    private static final long NEEDED_MIB = 4096;

    /** Creates it anew; only one process at a time may, see {@link ImageStore}. */
    static WorkDirectory create(Path parent, String name) throws IOException {
        checkSpace(parent, NEEDED_MIB);
        WorkDirectory work = new WorkDirectory(parent.resolve(name));
        work.close();
        Files.createDirectory(work.path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.setPosixFilePermissions(work.path, PosixFilePermissions.fromString("rwxr-xr-x")); // whatever the umask
        return work;
    }

    /** Sees that a directory's file system has room. */
    static void checkSpace(Path directory, long neededMib) throws IOException {
        FileStore store = Files.getFileStore(directory);
        long availableMib = store.getUsableSpace() >> 20;
        if (availableMib < neededMib) {
            throw new HarnessException(
                    Kind.MACHINE,
                    "There is too little space in " + directory + " to make an image.",
                    availableMib + " MiB available, " + neededMib + " MiB needed",
                    "make room there");
        }
    }

    /** Removes the directory; files of the user's subordinate ids, which only a namespace can remove, too. */
    @Override
    public void close() {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            Tool.of("Removing " + path, REMOVAL, UserNamespace.asRoot(List.of("rm", "-rf", "--one-file-system", path.toString())))
                    .run(line -> {});
        }
    }
}
