package me.wingu.boma.harness.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import me.wingu.boma.harness.image.GoldenImage.Origin;
import me.wingu.boma.harness.waiting.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes with one cache, one of them killed. */
class ImageStoreProcessesTest {

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    @Test
    void should_make_an_image_once_for_two_processes() throws Exception {
        Process first = start();
        awaitFile("started");
        Process second = start();
        awaitOutput(second, "Another process is making this image");
        Files.createFile(directory.resolve("go"));

        assertThat(first.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(second.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(first.exitValue()).isZero();
        assertThat(second.exitValue()).isZero();
        assertThat(Files.readAllLines(directory.resolve("made"))).hasSize(1);
        assertThat(output(first).lastIndexOf("GoldenImage[")).isNotNegative();
        assertThat(lastLine(second)).isEqualTo(lastLine(first));
    }

    @Test
    void should_make_an_image_after_the_process_that_made_it_was_killed() throws Exception {
        Process first = start();
        awaitFile("started");
        first.destroyForcibly().waitFor();
        Path cache = directory.resolve("cache");
        assertThat(cache.resolve("image.making")).exists();
        assertThat(new ImageStore(cache).find(Images.definition("image"))).isEmpty();

        Files.createFile(directory.resolve("go"));
        Process second = start();

        assertThat(second.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isZero();
        assertThat(cache.resolve("image.making")).doesNotExist();
        assertThat(new ImageStore(cache).find(Images.definition("image"))).isPresent();
        assertThat(Files.readAllLines(directory.resolve("made"))).hasSize(1);
    }

    private Process start() throws IOException {
        Path log = Files.createTempFile(directory, "process", ".log");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Maker.class.getName(),
                        directory.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Files.writeString(directory.resolve("log-of-" + process.pid()), log.toString());
        return process;
    }

    private String output(Process process) {
        try {
            return Files.readString(Path.of(Files.readString(directory.resolve("log-of-" + process.pid()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String lastLine(Process process) {
        return output(process).lines().reduce((earlier, later) -> later).orElse("");
    }

    private void awaitFile(String name) {
        Waiting.upTo("the file " + name, DEADLINE)
                .until(() -> Optional.of(directory.resolve(name)).filter(Files::exists));
    }

    private void awaitOutput(Process process, String text) {
        Waiting.upTo("the text \"" + text + "\"", DEADLINE)
                .until(() -> Optional.of(output(process)).filter(all -> all.contains(text)));
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
