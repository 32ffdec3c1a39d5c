package me.wingu.boma.harness.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import me.wingu.boma.harness.image.GoldenImage.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageStoreTest {

    private final AtomicInteger made = new AtomicInteger();
    private final ImageDefinition definition = Images.definition("image");

    @TempDir
    private Path directory;

    @Test
    void should_make_an_image_once() {
        GoldenImage image = ensure();

        assertThat(image.qcow2()).hasFileName("image-" + image.sha512().substring(0, 16) + ".qcow2");
        assertThat(image.virtualSizeBytes()).isEqualTo(4 * Images.GIB);
        assertThat(image.origin()).isEqualTo(Origin.BUILT);
        assertThat(ensure()).isEqualTo(image);
        assertThat(store().find(definition)).contains(image);
        assertThat(made).hasValue(1);
    }

    @Test
    void should_find_nothing_where_nothing_was_made() {
        assertThat(store().find(definition)).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void should_make_another_image_for_another_definition() {
        ensure();

        assertThat(store().find(Images.definition("other"))).isEmpty();
    }

    @Test
    void should_not_cache_what_failed_half_way() {
        ImageStore failing = new ImageStore(directory, (wanted, qcow2, progress) -> {
            Images.writeQcow2(qcow2, 0);
            throw new HarnessException(Kind.MACHINE, "The mirror went away.", "", "");
        });

        assertThatThrownBy(() -> failing.ensure(definition, ImageProgress.SILENT)).hasMessage("The mirror went away.");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void should_not_cache_what_is_no_disk() {
        ImageStore failing = new ImageStore(directory, (wanted, qcow2, progress) -> {
            Files.writeString(qcow2, "<html>Log in to use this network</html>");
            return Origin.DOWNLOADED;
        });

        assertThatThrownBy(() -> failing.ensure(definition, ImageProgress.SILENT))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("is no qcow2 file");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void should_make_a_truncated_image_again() throws IOException {
        GoldenImage image = ensure();
        Files.write(image.qcow2(), new byte[10]);

        assertThat(store().find(definition)).isEmpty();
        assertThat(ensure().qcow2()).hasSize(72);
        assertThat(made).hasValue(2);
    }

    @Test
    void should_make_an_altered_image_again() throws IOException {
        GoldenImage image = ensure();
        Images.writeQcow2(image.qcow2(), -1);
        Files.setLastModifiedTime(image.qcow2(), FileTime.fromMillis(0));

        assertThat(store().find(definition)).isEmpty();
    }

    @Test
    void should_keep_an_image_that_was_only_touched() throws IOException {
        GoldenImage image = ensure();
        Files.setLastModifiedTime(image.qcow2(), FileTime.fromMillis(0));

        assertThat(store().find(definition)).contains(image);
    }

    @Test
    void should_make_an_image_again_when_its_entry_is_damaged() throws IOException {
        ensure();
        for (File entry : directory.toFile().listFiles((parent, name) -> name.endsWith(".json"))) {
            Files.writeString(entry.toPath(), "{\"file\":");
        }

        ensure();
        assertThat(made).hasValue(2);
    }

    @Test
    void should_remove_what_killed_processes_left_and_nothing_else() throws IOException {
        List<String> leftovers = List.of(
                "image.making", "image-0123456789abcdef.json.tmp", "image-0123456789abcdef.qcow2");
        List<String> others = List.of("image-2.making", "image-2-0123456789abcdef.qcow2", "notes.txt");
        for (String name : leftovers) {
            Files.writeString(directory.resolve(name), "");
        }
        for (String name : others) {
            Files.writeString(directory.resolve(name), "");
        }

        ensure();

        assertThat(names()).doesNotContainAnyElementsOf(leftovers).containsAll(others);
    }

    @Test
    void should_replace_an_image_on_demand() {
        GoldenImage first = ensure();
        GoldenImage second = store().refresh(definition, ImageProgress.SILENT);

        assertThat(second).isNotEqualTo(first);
        assertThat(ensure()).isEqualTo(second);
        store().refresh(definition, ImageProgress.SILENT);
        assertThat(first.qcow2()).doesNotExist();
    }

    @Test
    void should_make_an_image_once_for_many_threads_and_stores() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<GoldenImage> ensure = this::ensure;
            List<Future<GoldenImage>> images = threads.invokeAll(List.of(ensure, ensure, ensure, ensure));
            for (Future<GoldenImage> image : images) {
                assertThat(image.get()).isEqualTo(ensure());
            }
            assertThat(made).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    private GoldenImage ensure() {
        return store().ensure(definition, ImageProgress.SILENT);
    }

    private ImageStore store() {
        return new ImageStore(directory, (wanted, qcow2, progress) -> {
            Images.writeQcow2(qcow2, made.incrementAndGet());
            return Origin.BUILT;
        });
    }

    private List<String> names() {
        return List.of(directory.toFile().list());
    }
}
