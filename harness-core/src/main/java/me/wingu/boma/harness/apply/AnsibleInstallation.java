package me.wingu.boma.harness.apply;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The {@code ansible-playbook} that the path leads to, and what is installed beside it. All of it is read from files: to start it would
 * take a second.
 *
 * @param command the command; empty when there is none
 * @param packages the directory of the Python packages that it belongs to; empty when that cannot be told
 */
record AnsibleInstallation(Optional<Path> command, Optional<Path> packages) {

    private static final Pattern VERSION = Pattern.compile("^__version__ = '([^']+)'", Pattern.MULTILINE);
    private static final Pattern LATEST =
            Pattern.compile("^ANSIBLE_VERSION_MAX = \\((\\d+), *(\\d+)\\)", Pattern.MULTILINE);
    private static final Pattern MINOR = Pattern.compile("^(\\d+)\\.(\\d+)");

    static AnsibleInstallation find() {
        Optional<Path> command = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(directory -> Path.of(directory, "ansible-playbook"))
                .filter(Files::isExecutable)
                .findFirst();
        return new AnsibleInstallation(command, command.flatMap(AnsibleInstallation::packagesOf));
    }

    /** Ansible is a package of the Python installation that its command lies in: {@code <prefix>/lib/python3…/}. */
    private static Optional<Path> packagesOf(Path command) {
        try {
            Path lib = command.toRealPath().getParent().resolveSibling("lib");
            try (Stream<Path> versions = Files.list(lib)) {
                return versions.filter(path -> path.getFileName().toString().startsWith("python3"))
                        .flatMap(path -> Stream.of(path.resolve("dist-packages"), path.resolve("site-packages")))
                        .filter(packages -> version(packages).isPresent())
                        .findFirst();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> version(Path packages) {
        return found(VERSION, packages.resolve("ansible/release.py")).map(version -> version.group(1));
    }

    /**
     * Returns the version of ansible-core, and what of Ansible is installed beside it (its community collections are a package of
     * their own), Mitogen too where that carries out the tasks; {@code none} when there is no Ansible.
     */
    String version(TaskRunner runner) {
        return packages.flatMap(directory -> version(directory).map(version -> version + " " + beside(directory, runner)))
                .or(() -> command.map(file -> "unknown, " + bytes(file) + " bytes"))
                .orElse("none");
    }

    private static List<String> beside(Path packages, TaskRunner runner) {
        try (Stream<Path> entries = Files.list(packages)) {
            return entries.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith("ansible")
                            || (runner == TaskRunner.MITOGEN && name.startsWith("mitogen")))
                    .filter(name -> name.endsWith("-info"))
                    .sorted()
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException("listing " + packages, e);
        }
    }

    /** Returns why Mitogen cannot carry out this Ansible's tasks; empty when it can. It knows no Ansible later than itself. */
    Optional<String> obstacleToMitogen() {
        if (packages.isEmpty()) {
            return Optional.of("no ansible-core is found that it could belong to");
        }
        Optional<Matcher> latest = found(LATEST, packages.get().resolve("ansible_mitogen/loaders.py"));
        if (latest.isEmpty()) {
            return Optional.of("it is not installed in " + packages.get());
        }
        String version = version(packages.get()).orElseThrow();
        Matcher minor = MINOR.matcher(version);
        boolean known = minor.find() && number(minor) <= number(latest.get());
        return known
                ? Optional.empty()
                : Optional.of("it knows ansible-core up to " + latest.get().group(1) + "." + latest.get().group(2) + ", and "
                        + version + " is installed");
    }

    private static int number(Matcher minorVersion) {
        return 1000 * Integer.parseInt(minorVersion.group(1)) + Integer.parseInt(minorVersion.group(2));
    }

    private static Optional<Matcher> found(Pattern pattern, Path file) {
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(pattern.matcher(Files.readString(file, StandardCharsets.UTF_8))).filter(Matcher::find)
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    private static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException("asking for the length of " + file, e);
        }
    }
}
