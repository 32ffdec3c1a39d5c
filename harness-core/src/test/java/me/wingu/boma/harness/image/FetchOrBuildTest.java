package me.wingu.boma.harness.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import me.wingu.boma.harness.image.GoldenImage.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchOrBuildTest {

    private final List<String> steps = new ArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void should_take_the_publishers_image_as_it_is_when_nothing_is_to_be_baked() throws Exception {
        Path file = directory.resolve("published");
        Images.writeQcow2(file, 7);
        try (Publisher publisher = Publisher.http(Files.readAllBytes(file))) {
            GoldenImage image = store().ensure(definition(publisher.image()), steps::add);

            assertThat(image.origin()).isEqualTo(Origin.DOWNLOADED);
            assertThat(image.sha512()).isEqualTo(Sha512.of(file));
            assertThat(image.qcow2()).hasSameBinaryContentAs(file);
        }
    }

    @Test
    void should_build_when_the_publisher_cannot_be_reached() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        URI url = URI.create("http://127.0.0.1:" + closed + "/image.qcow2");

        assertThatThrownBy(() -> store().ensure(definition(new PublishedImage(url, url)), steps::add))
                .hasMessage("The build began.");
        assertThat(steps).first().asString().startsWith("127.0.0.1 cannot be reached").contains("building the image");
    }

    @Test
    void should_not_hide_any_other_failure_behind_a_build() throws Exception {
        try (Publisher publisher = Publisher.http(new byte[10])) {
            publisher.answersWith(404);

            assertThatThrownBy(() -> store().ensure(definition(publisher.image()), steps::add))
                    .isInstanceOf(HarnessException.class)
                    .hasMessageContaining("status 404");
        }
    }

    private ImageStore store() {
        Downloads downloads = new Downloads(new HttpFile(HttpClient.newHttpClient(), Duration.ofSeconds(20)));
        return new ImageStore(
                directory,
                new FetchOrBuild(
                        directory,
                        directory,
                        downloads,
                        new Oven(FetchOrBuildTest::noSources),
                        new DebianBuilder(FetchOrBuildTest::noSources)));
    }

    private static AptSources noSources() {
        throw new HarnessException(Kind.MACHINE, "The build began.", "", "");
    }

    private static ImageDefinition definition(PublishedImage published) {
        return new ImageDefinition("image", "trixie", "amd64", 4, Optional.of(published), List.of(), List.of());
    }
}
