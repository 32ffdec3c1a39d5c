package me.wingu.boma.harness.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import me.wingu.boma.harness.image.GoldenImage.Origin;

/**
 * Takes the publisher's image where it can be had, and builds the same from packages where the publisher's host cannot be
 * reached. Everything else that goes wrong with a download is told and not worked around: a wrong sum, a missing file or
 * an untrusted certificate is something to look at.
 */
final class FetchOrBuild implements ImageMaker {

    private static final long ROOM_FOR_IMAGES_MIB = 2048;

    private final Path directory;
    private final Path workParent;
    private final Downloads downloads;
    private final Oven oven;
    private final DebianBuilder builder;

    FetchOrBuild(Path directory, Path workParent, Downloads downloads, Oven oven, DebianBuilder builder) {
        this.directory = directory;
        this.workParent = workParent;
        this.downloads = downloads;
        this.oven = oven;
        this.builder = builder;
    }

    /** The way of this machine. */
    static FetchOrBuild in(Path directory) {
        return new FetchOrBuild(
                directory,
                Path.of("/var/tmp"),
                Downloads.patiently(),
                new Oven(AptSources::ofThisMachine),
                new DebianBuilder(AptSources::ofThisMachine));
    }

    @Override
    public Origin make(ImageDefinition definition, Path qcow2, ImageProgress progress) throws IOException {
        WorkDirectory.checkSpace(directory, ROOM_FOR_IMAGES_MIB);
        Optional<PublishedImage> published = definition.published();
        if (published.isPresent()) {
            try {
                return fetch(definition, published.get(), qcow2, progress);
            } catch (HostUnreachable e) {
                progress.step(e.getMessage() + "; building the image from Debian packages instead");
            }
        }
        try (WorkDirectory work = WorkDirectory.create(workParent, workName(definition))) {
            builder.build(definition, work.path(), qcow2, progress);
            return Origin.BUILT;
        }
    }

    private Origin fetch(
            ImageDefinition definition, PublishedImage published, Path qcow2, ImageProgress progress) throws IOException {
        Path whole = downloads.fetch(published, directory.resolve("downloads").resolve(definition.name()), progress);
        if (definition.packages().isEmpty() && definition.packageFiles().isEmpty()) {
            Files.copy(whole, qcow2);
            return Origin.DOWNLOADED;
        }
        try (WorkDirectory work = WorkDirectory.create(workParent, workName(definition))) {
            oven.bake(definition, whole, work.path(), qcow2, progress);
            return Origin.DOWNLOADED_AND_BAKED;
        }
    }

    /** One name for one image in one cache: two caches may build the same image at the same time. */
    private String workName(ImageDefinition definition) {
        byte[] cache = directory.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8);
        return "boma-image-" + definition.name() + "-" + Sha512.of(cache).substring(0, 16);
    }
}
