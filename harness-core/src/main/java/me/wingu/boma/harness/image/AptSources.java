package me.wingu.boma.harness.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;

/**
 * Where this machine fetches Debian packages, as its own APT configuration says it.
 *
 * @param mirror the mirror of the Debian archive
 * @param security the mirror of the security archive; empty when the machine uses none
 * @param settings how to fetch: proxies, retries, address family, clock checks; as lines of an {@code apt.conf}
 */
record AptSources(String mirror, Optional<String> security, List<String> settings) {

    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final Path KEYRING = Path.of("/usr/share/keyrings/debian-archive-keyring.gpg");

    private static final String FORMAT = "$(ORIGIN)|$(LABEL)|$(RELEASE)|$(REPO_URI)";
    private static final Pattern DEBIAN_SUITE = Pattern.compile(
            "(bullseye|bookworm|trixie|forky|duke|sid|oldstable|stable|testing|unstable)(-updates)?");
    private static final Pattern SECURITY_SUITE = Pattern.compile("[a-z]+(-security|/updates)");
    private static final Pattern FETCHING =
            Pattern.compile("Acquire::(http|https|Check-Valid-Until|Check-Date|Retries|ForceIPv4|ForceIPv6)\\b.*");

    /** Asks APT. */
    static AptSources ofThisMachine() {
        return parse(
                Tool.of("Reading the APT sources", DEADLINE, List.of(
                                "apt-get", "indextargets", "--format", FORMAT, "Created-By: Packages"))
                        .text(),
                Tool.of("Reading the APT configuration", DEADLINE, List.of("apt-config", "dump"))
                        .text());
    }

    /**
     * Takes APT's own words apart.
     *
     * @param targets the output of {@code apt-get indextargets} in our format; origin and label are empty until the
     *     first {@code apt-get update}
     * @param configuration the output of {@code apt-config dump}
     */
    static AptSources parse(String targets, String configuration) {
        List<Target> all = targets.lines().map(Target::parse).flatMap(Optional::stream).toList();
        String mirror = first(all.stream().filter(Target::isDebian)).orElseThrow(() -> new HarnessException(
                Kind.MACHINE,
                "This machine's APT configuration names no Debian mirror to build an image from.",
                targets.isBlank() ? "no package source at all" : targets,
                "add a source of Debian packages to /etc/apt/sources.list.d/ and run apt-get update"));
        return new AptSources(
                mirror,
                first(all.stream().filter(Target::isSecurity)),
                configuration.lines().filter(FETCHING.asMatchPredicate()).toList());
    }

    /** Returns the sources of a release, in the form of {@code sources.list}; they are also the guest's. */
    String list(String release) {
        List<String> lines = new ArrayList<>();
        String source = "deb [signed-by=" + KEYRING + "] ";
        lines.add(source + mirror + " " + release + " main");
        lines.add(source + mirror + " " + release + "-updates main");
        security.ifPresent(uri -> lines.add(source + uri + " " + release + "-security main"));
        return String.join("\n", lines) + "\n";
    }

    /** Sees that the keys are there by which the packages are verified. */
    static void checkKeyring() {
        if (!Files.isReadable(KEYRING)) {
            throw new HarnessException(
                    Kind.MACHINE,
                    "Packages cannot be verified: the keys of the Debian archive are missing.",
                    KEYRING + " cannot be read",
                    "install the Debian package debian-archive-keyring");
        }
    }

    private static Optional<String> first(Stream<Target> targets) {
        return targets.map(Target::reachable).flatMap(Optional::stream).findFirst();
    }

    /** One source, as far as we look at it. */
    private record Target(String origin, String label, String release, String uri) {

        private static final Pattern TARGET = Pattern.compile("([^|]*)\\|([^|]*)\\|([^|]+)\\|([^|]+)");

        static Optional<Target> parse(String line) {
            return Optional.of(TARGET.matcher(line))
                    .filter(Matcher::matches)
                    .map(m -> new Target(m.group(1), m.group(2), m.group(3), m.group(4)));
        }

        boolean isSecurity() {
            return label.equals("Debian-Security")
                    || (origin.isEmpty() && SECURITY_SUITE.matcher(release).matches());
        }

        boolean isDebian() {
            return (origin.equals("Debian") && label.equals("Debian"))
                    || (origin.isEmpty() && DEBIAN_SUITE.matcher(release).matches());
        }

        /**
         * The URI as a guest can reach it too, which excludes files and CDs of this machine. A Debian cloud image names
         * its mirrors in a file, one a line, best first (apt-transport-mirror(1)).
         */
        Optional<String> reachable() {
            String plain = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
            if (plain.matches("https?://.*")) {
                return Optional.of(plain);
            }
            if (!plain.startsWith("mirror+file:")) {
                return Optional.empty();
            }
            try (Stream<String> lines = Files.lines(Path.of(plain.replaceFirst("mirror\\+file:/*", "/")))) {
                return lines.map(line -> line.strip().replaceFirst("/?(\\s.*)?$", ""))
                        .filter(mirror -> mirror.matches("https?://.*"))
                        .findFirst();
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    }
}
