package me.wingu.boma.harness.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import me.wingu.boma.harness.OtherJvm;
import me.wingu.boma.harness.image.GoldenImage.Origin;
import me.wingu.boma.harness.waiting.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes with one cache, one of them killed. */
class ImageStoreProcessesTest {

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    @Test
    @Timeout(120)
    void should_make_an_image_once_for_two_processes() throws Exception {
        try (OtherJvm first = maker()) {
            awaitFile("started");
            try (OtherJvm second = maker()) {
                second.awaitLine("Another process is making this image");
                Files.createFile(directory.resolve("go"));

                assertThat(first.finish()).startsWith("GoldenImage[").isEqualTo(second.finish());
            }
        }
        assertThat(Files.readAllLines(directory.resolve("made"))).hasSize(1);
    }

    @Test
    @Timeout(120)
    void should_make_an_image_after_the_process_that_made_it_was_killed() throws Exception {
        try (OtherJvm first = maker()) {
            awaitFile("started");
            first.kill();
        }
        Path cache = directory.resolve("cache");
        assertThat(cache.resolve("image.making")).exists();
        assertThat(new ImageStore(cache).find(Images.definition("image"))).isEmpty();

        Files.createFile(directory.resolve("go"));
        try (OtherJvm second = maker()) {
            assertThat(second.finish()).startsWith("GoldenImage[");
        }

        assertThat(cache.resolve("image.making")).doesNotExist();
        assertThat(new ImageStore(cache).find(Images.definition("image"))).isPresent();
        assertThat(Files.readAllLines(directory.resolve("made"))).hasSize(1);
    }

    private OtherJvm maker() throws IOException {
        return OtherJvm.start(Maker.class, OtherJvm.QUICK, directory.toString());
    }

    private void awaitFile(String name) {
        Waiting.upTo("the file " + name, DEADLINE)
                .until(() -> Optional.of(directory.resolve(name)).filter(Files::exists));
    }

    /** Another process: makes the image, but finishes only when it is told to. */
    static final class Maker {

        private Maker() {}

        public static void main(String[] arguments) {
            Path directory = Path.of(arguments[0]);
            ImageMaker slow = (definition, qcow2, progress) -> {
                Files.writeString(qcow2, "half of an image");
                Files.writeString(directory.resolve("started"), "");
                Waiting.upTo("the word to go on", DEADLINE)
                        .until(() -> Optional.of(directory.resolve("go")).filter(Files::exists));
                Images.writeQcow2(qcow2, 1);
                Files.writeString(
                        directory.resolve("made"), "once\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                return Origin.BUILT;
            };
            System.out.println(new ImageStore(directory.resolve("cache"), slow)
                    .ensure(Images.definition("image"), System.out::println));
        }
    }
}
