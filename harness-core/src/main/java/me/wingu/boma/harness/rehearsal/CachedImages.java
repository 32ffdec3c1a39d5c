package me.wingu.boma.harness.rehearsal;

import java.nio.file.Path;
import java.util.Optional;
import me.wingu.boma.harness.image.GoldenImage;
import me.wingu.boma.harness.image.ImageDefinitions;
import me.wingu.boma.harness.image.ImageProgress;
import me.wingu.boma.harness.image.ImageStore;
import me.wingu.boma.harness.profile.Profiles;

/** The golden images that a project's {@code profiles/images/} defines, from the cache of this user. */
final class CachedImages implements ImageSource {

    private final ImageDefinitions definitions;
    private final ImageStore store;

    CachedImages(Profiles profiles, Path cache) {
        this.definitions = new ImageDefinitions(profiles.directory().resolve("images"));
        this.store = new ImageStore(cache);
    }

    @Override
    public Image provide(String name, Progress progress) {
        return image(store.ensure(definitions.get(name), new Told(progress)));
    }

    @Override
    public Optional<Image> find(String name) {
        return store.find(definitions.get(name)).map(CachedImages::image);
    }

    private static Image image(GoldenImage image) {
        return new Image(image.name(), image.qcow2(), image.sha512());
    }

    /** Passes on how the making of an image gets on. */
    private record Told(Progress progress) implements ImageProgress {

        @Override
        public void step(String sentence) {
            progress.said(sentence);
        }

        @Override
        public void transferred(long bytes, long totalBytes) {
            progress.transferred(bytes, totalBytes);
        }
    }
}
