package me.wingu.boma.harness.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which file of the cache is what, for one definition.
 *
 * <pre>
 * debian-13.lock                     there, and locked, while the image is made
 * debian-13.making                   the image while it is made
 * debian-13-(key).json               the entry: which file the definition with that key has become
 * debian-13-(start of sum).qcow2     the image
 * </pre>
 */
record CacheLayout(Path directory, String name, String key) {

    private static final int SHORT_SUM = 16;

    static CacheLayout of(Path directory, ImageDefinition definition) {
        return new CacheLayout(directory, definition.name(), definition.key(DebianBuilder.way()));
    }

    Path lock() {
        return directory.resolve(name + ".lock");
    }

    Path making() {
        return directory.resolve(name + ".making");
    }

    Path entry() {
        return directory.resolve(name + "-" + key + ".json");
    }

    Path image(String sum) {
        return directory.resolve(name + "-" + sum.substring(0, SHORT_SUM) + ".qcow2");
    }

    /**
     * Removes what killed processes left and the images that no entry names any more. Only for who holds the lock; a
     * process that has such an image open can still read it to its end.
     */
    void sweep() throws IOException {
        Set<String> named = new HashSet<>();
        for (Path entry : matching("\\.json")) {
            CacheEntry.read(entry).map(CacheEntry::file).ifPresent(named::add);
        }
        Files.deleteIfExists(making());
        for (Path leftover : matching("\\.json\\.tmp")) {
            Files.deleteIfExists(leftover);
        }
        for (Path image : matching("\\.qcow2")) {
            if (!named.contains(image.getFileName().toString())) {
                Files.deleteIfExists(image);
            }
        }
    }

    /** Returns the entry as far as it and the image are there and whole. */
    Optional<CacheEntry> present() throws IOException {
        Optional<CacheEntry> entry = CacheEntry.read(entry());
        if (entry.isPresent() && !entry.get().describes(directory.resolve(entry.get().file()))) {
            return Optional.empty();
        }
        return entry;
    }

    private List<Path> matching(String ending) throws IOException {
        Pattern form = Pattern.compile(Pattern.quote(name) + "-\\p{XDigit}{16}" + ending);
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> form.matcher(file.getFileName().toString()).matches())
                    .toList();
        }
    }
}
