package me.wingu.boma.harness.rehearsal;

import java.nio.file.Path;
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
        GoldenImage image = store.ensure(definitions.get(name), new Lines(progress));
        return new Image(image.name(), image.qcow2(), image.sha512());
    }

    /** Tells the making of an image as lines, a download at every tenth part. */
    private static final class Lines implements ImageProgress {

        private static final int PARTS = 10;

        private final Progress progress;
        private long told = -1;

        Lines(Progress progress) {
            this.progress = progress;
        }

        @Override
        public void step(String sentence) {
            told = -1;
            progress.said(sentence);
        }

        @Override
        public void transferred(long bytes, long totalBytes) {
            long part = totalBytes <= 0 ? 0 : bytes * PARTS / totalBytes;
            if (part > told) {
                told = part;
                progress.said("%d of %d MB (%d %%)".formatted(bytes >> 20, totalBytes >> 20, part * PARTS));
            }
        }
    }
}
