package me.wingu.boma.harness.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import me.wingu.boma.harness.image.GoldenImage.Origin;
import me.wingu.boma.harness.waiting.FileLock;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The cache of golden images: has an image, or makes it once, also when several processes ask at the same time.
 *
 * <p>A file gets its final name only when it is whole and verified; what a killed process left is removed by the next
 * one that makes the same image.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class ImageStore {

    private static final Duration LONGEST_MAKING = Duration.ofHours(2);

    private final Path directory;
    private final ImageMaker maker;

    /**
     * Creates a cache over a directory, which comes into being when it is needed.
     *
     * @param directory the directory; {@link #defaultDirectory()} as a rule
     */
    public ImageStore(Path directory) {
        // most processes find the image; what makes one is loaded when it is needed
        this(directory, (definition, qcow2, progress) -> FetchOrBuild.in(directory).make(definition, qcow2, progress));
    }

    ImageStore(Path directory, ImageMaker maker) {
        this.directory = directory;
        this.maker = maker;
    }

    /** Returns {@code $XDG_CACHE_HOME/boma-it/images}, or {@code ~/.cache/boma-it/images} without that variable. */
    public static Path defaultDirectory() {
        Path cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .map(Path::of)
                .filter(Path::isAbsolute) // as the XDG Base Directory Specification has it
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
        return cache.resolve("boma-it").resolve("images");
    }

    /**
     * Returns the image if it is here already, without making anything.
     *
     * @param definition which image
     */
    public Optional<GoldenImage> find(ImageDefinition definition) {
        try {
            CacheLayout cache = CacheLayout.of(directory, definition);
            Optional<CacheEntry> entry = cache.present();
            return entry.isPresent() ? Optional.of(image(definition, entry.get())) : Optional.empty();
        } catch (IOException e) {
            throw failed(definition, e);
        }
    }

    /**
     * Returns the image, and makes it first if need be: minutes, and some hundred megabytes over the network. Waits while
     * another process makes it.
     *
     * @param definition which image
     * @param progress is told what is being done
     * @throws HarnessException when the image cannot be made; the cache is as it was before
     */
    public GoldenImage ensure(ImageDefinition definition, ImageProgress progress) {
        return find(definition).orElseGet(() -> alone(definition, progress, false));
    }

    /**
     * Makes the image anew, whether or not there is one: a later publication, or later packages. The earlier one stays
     * until the new one is there.
     *
     * @param definition which image
     * @param progress is told what is being done
     * @throws HarnessException when the image cannot be made; the cache is as it was before
     */
    public GoldenImage refresh(ImageDefinition definition, ImageProgress progress) {
        return alone(definition, progress, true);
    }

    @SuppressWarnings("try") // the lock is held, not used
    private GoldenImage alone(ImageDefinition definition, ImageProgress progress, boolean anew) {
        CacheLayout cache = CacheLayout.of(directory, definition);
        try {
            Files.createDirectories(directory);
            Runnable busy = () -> progress.step("Another process is making this image; waiting for it");
            try (FileLock lock = FileLock.take(cache.lock(), LONGEST_MAKING, busy)) {
                cache.sweep();
                Optional<CacheEntry> meanwhile = anew ? Optional.empty() : cache.present();
                return image(definition, meanwhile.isPresent() ? meanwhile.get() : make(definition, cache, progress));
            }
        } catch (IOException e) {
            throw failed(definition, e);
        }
    }

    private CacheEntry make(ImageDefinition definition, CacheLayout cache, ImageProgress progress) throws IOException {
        try {
            Origin origin = maker.make(definition, cache.making(), progress);
            Qcow2.virtualSize(cache.making()); // refuses what is no qcow2 file
            String sum = Sha512.of(cache.making());
            DurableFiles.publish(cache.making(), cache.image(sum));
            CacheEntry entry = CacheEntry.of(cache.image(sum), sum, origin);
            DurableFiles.write(cache.entry(), entry.json());
            return entry;
        } finally {
            Files.deleteIfExists(cache.making());
        }
    }

    private GoldenImage image(ImageDefinition definition, CacheEntry entry) throws IOException {
        Path qcow2 = directory.resolve(entry.file());
        return new GoldenImage(qcow2, definition.name(), entry.sha512(), Qcow2.virtualSize(qcow2), entry.origin());
    }

    private HarnessException failed(ImageDefinition definition, IOException cause) {
        return new HarnessException(
                Kind.MACHINE,
                "Making the image " + definition.name() + " failed.",
                cause.toString(),
                "check " + directory + " and the disk it is on",
                cause);
    }
}
