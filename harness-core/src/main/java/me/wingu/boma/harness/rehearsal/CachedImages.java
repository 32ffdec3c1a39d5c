package me.wingu.boma.harness.rehearsal;

import java.nio.file.Path;
import me.wingu.boma.harness.profile.Profiles;

/** Images. */
record CachedImages(Profiles profiles, Path cache) implements ImageSource {
    @Override
    public Image provide(String name, Progress progress) {
        return new Image(name, cache.resolve("debian-13-early.qcow2"), "0123456789abcdef0123456789abcdef");
    }
}
