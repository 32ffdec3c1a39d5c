package me.wingu.boma.harness.state;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.guest.Shell;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Looks at files of a host when a test asks for them: any number of them in one remote execution. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class HostFiles {

    private static final Map<String, String> TYPES = Map.of(
            "f", "file", "d", "directory", "l", "link", "s", "socket", "p", "fifo", "b", "device", "c", "device");

    /** Type, mode, owner, group, size, where a link leads, path. */
    private static final String FORMAT = "%y\\t%04m\\t%u\\t%g\\t%s\\t%l\\t%p\\n";

    private static final String FIND_ITSELF = " -maxdepth 0 -printf '" + FORMAT + "' 2>/dev/null\n";

    /** So many of the longest paths, of 4 KiB, are far from the 2 MiB that a program may be given. */
    private static final int AT_ONCE = 100;

    private final Shell shell;
    private final Duration deadline;

    /**
     * Creates a look at a host's files.
     *
     * @param shell where the look is taken, as root
     * @param deadline how long one look may take
     */
    public HostFiles(Shell shell, Duration deadline) {
        this.shell = shell;
        this.deadline = deadline;
    }

    /**
     * Describes files, without what they hold.
     *
     * @param host what messages call the host and the moment
     * @param paths absolute paths
     * @return one description a path, in the same order
     * @throws HarnessException when a path is not absolute, the host cannot be reached, or the look is broken off
     */
    public List<FileState> look(String host, String... paths) {
        StringBuilder script = new StringBuilder();
        for (int from = 0; from < paths.length; from += AT_ONCE) {
            script.append(Stream.of(paths).skip(from).limit(AT_ONCE).map(HostFiles::quoted)
                    .collect(Collectors.joining(" ", "find ", FIND_ITSELF)));
        }
        CommandResult result = run(host, script + "exit 0\n");
        Map<String, FileState> found = fields(result)
                .map(f -> file(host, f))
                .collect(Collectors.toMap(FileState::path, file -> file, (one, other) -> one));
        return Stream.of(paths).map(path -> found.getOrDefault(path, absent(host, path))).toList();
    }

    /**
     * Describes a file, reads the first 64 KiB of what it holds, and sums up all of it.
     *
     * @param host what messages call the host and the moment
     * @param path an absolute path
     * @throws HarnessException when the path is not absolute, the host cannot be reached, or the look is broken off
     */
    public FileState read(String host, String path) {
        CommandResult result = run(
                host,
                "file=" + quoted(path) + "\nfind \"$file\"" + FIND_ITSELF
                        + """
                        [ ! -f "$file" ] || { printf '=sha256\\t'; sha256sum <"$file"; printf '=content\\n'; head -c %d "$file"; }
                        exit 0
                        """
                                .formatted(FileState.CONTENT_LIMIT));
        FileState state = fields(result)
                .filter(f -> f[6].equals(path))
                .findFirst()
                .map(f -> file(host, f))
                .orElseGet(() -> absent(host, path));
        String[] parts = result.stdout().split("\n=content\n", 2);
        Optional<String> sum = parts[0].lines()
                .filter(line -> line.startsWith("=sha256\t"))
                .map(line -> line.substring("=sha256\t".length()).split(" ", 2)[0])
                .findFirst();
        return new FileState(
                host, path, state.type(), state.mode(), state.owner(), state.group(), state.size(), state.target(),
                parts.length < 2 ? Optional.empty() : Optional.of(parts[1]), sum);
    }

    /**
     * Describes what lies in a directory, at any depth, without what it holds.
     *
     * @param host what messages call the host and the moment
     * @param directory an absolute path
     * @param pattern a shell pattern of file names, such as {@code *.conf}
     * @return the files, by path; the directory itself is not among them
     * @throws HarnessException when the path is not absolute, the host cannot be reached, or the look is broken off
     */
    public List<FileState> below(String host, String directory, String pattern) {
        CommandResult result = run(
                host,
                "find " + quoted(directory) + " -xdev -mindepth 1 -name '" + pattern.replace("'", "'\\''")
                        + "' -printf '" + FORMAT + "' 2>/dev/null\nexit 0\n");
        return fields(result).map(f -> file(host, f)).sorted(Comparator.comparing(FileState::path)).toList();
    }

    /** The scripts end with status 0 whatever they find: one that did not was broken off, and its silence says nothing. */
    private CommandResult run(String host, String script) {
        CommandResult result = shell.run(script, deadline);
        if (!result.succeeded()) {
            throw new HarnessException(
                    Kind.STEP,
                    "Looking at files of " + host + " failed: the look was broken off.",
                    ("exit status " + result.exitStatus() + "\n" + result.stderr()).strip(),
                    "see whether the host went down meanwhile, and ask again");
        }
        return result;
    }

    private static FileState absent(String host, String path) {
        return new FileState(host, path, "", "", "", "", 0, "", Optional.empty(), Optional.empty());
    }

    private static Stream<String[]> fields(CommandResult result) {
        return result.stdout().lines().map(line -> line.split("\t", 7)).filter(field -> field.length == 7);
    }

    private static FileState file(String host, String[] f) {
        return new FileState(
                host, f[6], TYPES.getOrDefault(f[0], f[0]), f[1], f[2], f[3], Long.parseLong(f[4]), f[5],
                Optional.empty(), Optional.empty());
    }

    private static String quoted(String path) {
        if (!path.startsWith("/")) {
            throw new HarnessException(
                    Kind.USAGE,
                    "\"" + path + "\" names no file of a host: it begins with no slash.",
                    "",
                    "give an absolute path");
        }
        return "'" + path.replace("'", "'\\''") + "'";
    }
}
