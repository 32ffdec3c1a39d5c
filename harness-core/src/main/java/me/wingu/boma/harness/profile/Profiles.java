package me.wingu.boma.harness.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The host profiles of a project: a directory {@code profiles/} with a directory for each host.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Profiles {

    /** A host's name becomes a domain's, a directory's and a file's: nothing in it may be more than a letter. */
    static final Pattern HOST = Pattern.compile("[a-z]([a-z0-9-]{0,30}[a-z0-9])?");

    static final String HOST_EXPECTED = "a host's name: small letters, digits and inner hyphens, at most 32";

    private static final String DIRECTORY = "profiles";
    private static final String PROFILE = "profile.json";

    private final Path directory;

    private Profiles(Path directory) {
        this.directory = directory;
    }

    /**
     * Returns the profiles of the project that this process stands in: those that the system property
     * {@code boma.profiles} or else the variable {@code BOMA_PROFILES} names; otherwise the {@code profiles/} of the
     * working directory or of the nearest directory above it that has any.
     *
     * @throws HarnessException when there are none
     */
    public static Profiles discover() {
        Optional<String> named = Optional.ofNullable(System.getProperty("boma.profiles"))
                .or(() -> Optional.ofNullable(System.getenv("BOMA_PROFILES")))
                .filter(name -> !name.isBlank());
        return named.map(name -> in(Path.of(name))).orElseGet(() -> above(Path.of("")));
    }

    /**
     * Returns the profiles of one directory.
     *
     * @param directory a directory that has one directory a host
     * @throws HarnessException when there is no such directory
     */
    public static Profiles in(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        if (!Files.isDirectory(absolute)) {
            throw new HarnessException(
                    Kind.USAGE,
                    "There is no directory of profiles " + absolute + ".",
                    "",
                    "name one: -Dboma.profiles=... or BOMA_PROFILES=...");
        }
        return new Profiles(absolute);
    }

    /**
     * Returns the profiles of the given directory or of the nearest above it.
     *
     * @throws HarnessException when there are none all the way up
     */
    static Profiles above(Path start) {
        for (Path at = start.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            Path candidate = at.resolve(DIRECTORY);
            if (Files.isDirectory(candidate) && !new Profiles(candidate).hosts().isEmpty()) {
                return new Profiles(candidate);
            }
        }
        throw new HarnessException(
                Kind.USAGE,
                "No host profiles were found.",
                "neither " + start.toAbsolutePath().normalize() + " nor any directory above has "
                        + DIRECTORY + "/<host>/" + PROFILE,
                "go to the project, or name its profiles: -Dboma.profiles=... or BOMA_PROFILES=...");
    }

    /** Returns the directory that holds the profiles, absolute. */
    public Path directory() {
        return directory;
    }

    /** Returns the names of the hosts that have a profile, sorted. */
    public List<String> hosts() {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve(PROFILE)))
                    .map(entry -> entry.getFileName().toString())
                    .filter(HOST.asMatchPredicate())
                    .sorted()
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException("listing " + directory, e);
        }
    }

    /**
     * Loads a host's profile and judges it whole: overlay, scenarios and site included.
     *
     * @param host the name of a host
     * @throws HarnessException when there is no such host (the message lists those there are), when the name could not
     *     be that of a machine or directory of the harness's, or when the profile is malformed or incomplete (the
     *     message has file, line, field and what was expected)
     */
    public HostProfile load(String host) {
        if (!HOST.matcher(host).matches()) {
            throw new HarnessException(
                    Kind.USAGE, "\"" + host + "\" cannot be a host's name.", "", "expected: " + HOST_EXPECTED);
        }
        if (!Files.isRegularFile(directory.resolve(host).resolve(PROFILE))) {
            throw new HarnessException(
                    Kind.USAGE,
                    "There is no host \"" + host + "\".",
                    directory.resolve(host).resolve(PROFILE) + " is missing",
                    Suggestion.among(host, hosts()));
        }
        return new ProfileReader(host, directory.resolve(host)).read();
    }
}
