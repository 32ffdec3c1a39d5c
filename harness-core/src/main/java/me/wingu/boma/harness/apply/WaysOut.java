package me.wingu.boma.harness.apply;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a site names by a path that leads out of it, such as {@code ../vars/common.yml} or
 * {@code {{ playbook_dir }}/../files/motd}.
 *
 * <p>The text is looked through, no matter which task says it, and each path is tried from every directory that Ansible may
 * start from. That may find more than a task reads; then a checkpoint is not used that could have been.
 */
final class WaysOut {

    private static final Pattern PATH = Pattern.compile("(?:\\.\\./)+[\\w@%+=./-]*\\w");
    private static final Pattern TEXT = Pattern.compile(".*\\.(ya?ml|json|j2|cfg)");
    /** A longer file is data, in bytes. */
    private static final long LONGEST = 1 << 20;
    private static final Set<String> BESIDE = Set.of("", "files", "templates", "tasks", "vars");

    private WaysOut() {}

    /**
     * Finds them.
     *
     * @param site the site's directory
     * @param playbook the playbook, within it
     * @return files and directories outside the site that exist
     */
    static Set<Path> of(Path site, Path playbook) {
        Path root = site.toAbsolutePath().normalize();
        Path start = playbook.toAbsolutePath().normalize().getParent();
        Set<Path> found = new TreeSet<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (TEXT.matcher(file.getFileName().toString()).matches() && attributes.size() < LONGEST) {
                        named(root, start, file).forEach(found::add);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE; // nobody reads what is there; the digest of the site says so
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("listing " + root, e);
        }
        return found;
    }

    private static Stream<Path> named(Path root, Path start, Path file) {
        Set<String> names = PATH.matcher(text(file)).results().map(MatchResult::group).collect(Collectors.toSet());
        return names.stream()
                .flatMap(name -> bases(root, start, file).map(base -> base.resolve(name).normalize()))
                .filter(path -> !path.startsWith(root) && !root.startsWith(path))
                .filter(path -> path.getNameCount() > 1 && Files.exists(path)); // all of /etc is no part of a site
    }

    /** The directory of the file, that of its role, and the playbook's; and where modules look below them. */
    private static Stream<Path> bases(Path root, Path start, Path file) {
        Path here = file.getParent();
        return Stream.of(here, here.getParent(), start)
                .filter(base -> base.startsWith(root))
                .flatMap(base -> BESIDE.stream().map(base::resolve));
    }

    /** Bytes that are no UTF-8 are in no path that anybody wrote. */
    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // whoever digests the site says so
        }
    }
}
