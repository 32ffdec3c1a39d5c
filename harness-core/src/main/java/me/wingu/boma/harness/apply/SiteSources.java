package me.wingu.boma.harness.apply;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.profile.HostProfile;

/**
 * Where everything lies that decides what an application does, as far as that can be known without one: a file that a
 * task reads by an absolute path of its own is not among it.
 */
final class SiteSources {

    /** Where Ansible looks of itself, as far as it lies outside the site and outside Ansible. */
    private static final List<String> USUAL = List.of(".ansible/roles", ".ansible/collections", ".ansible/plugins");

    private static final Pattern VERSION = Pattern.compile("^__version__ = '([^']+)'", Pattern.MULTILINE);

    private SiteSources() {}

    /** Returns the places, by what they are; the site's own is {@code site}. */
    static Map<String, Path> of(HostProfile profile) {
        Map<String, Path> places = new TreeMap<>();
        Path site = profile.site().directory();
        places.put("site", site);
        SiteConfig.read(site).outside().forEach(path -> places.put(path.toString(), path));
        Path home = Path.of(System.getProperty("user.home"));
        Stream.concat(
                        USUAL.stream().map(home::resolve),
                        Stream.of("/etc/ansible/roles", "/usr/share/ansible/roles", "/usr/share/ansible/collections",
                                        "/usr/share/ansible/plugins")
                                .map(Path::of))
                .filter(Files::exists)
                .forEach(path -> places.put(path.toString(), path));
        WaysOut.of(site, profile.site().playbook()).forEach(path -> places.put(path.toString(), path));
        return places;
    }

    /**
     * Returns the version of the {@code ansible-playbook} that the path leads to, without starting it: that would take a
     * second.
     */
    static String version() {
        return executable()
                .flatMap(file -> installed(file).or(() -> Optional.of("unknown, " + bytes(file) + " bytes")))
                .orElse("none");
    }

    private static Optional<Path> executable() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(directory -> Path.of(directory, "ansible-playbook"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Ansible is a package of the Python installation that its command lies in: {@code <prefix>/lib/python3…/}. */
    private static Optional<String> installed(Path command) {
        try {
            Path lib = command.toRealPath().getParent().resolveSibling("lib");
            try (Stream<Path> versions = Files.list(lib)) {
                return versions.filter(path -> path.getFileName().toString().startsWith("python3"))
                        .flatMap(path -> Stream.of(path.resolve("dist-packages"), path.resolve("site-packages")))
                        .flatMap(packages -> release(packages, packages.resolve("ansible/release.py")))
                        .findFirst();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The version, and what of Ansible is installed beside: its community collections are a package of their own. */
    private static Stream<String> release(Path packages, Path release) {
        if (!Files.isRegularFile(release)) {
            return Stream.empty();
        }
        Matcher version = VERSION.matcher(text(release));
        try (Stream<Path> entries = Files.list(packages)) {
            List<String> beside = entries.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith("ansible") && name.endsWith("-info"))
                    .sorted()
                    .collect(Collectors.toList());
            return version.find() ? Stream.of(version.group(1) + " " + beside) : Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("listing " + packages, e);
        }
    }

    private static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException("asking for the length of " + file, e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }
}
