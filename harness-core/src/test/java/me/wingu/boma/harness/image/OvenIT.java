package me.wingu.boma.harness.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.image.GoldenImage.Origin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A published image, here already, and baked; the project's own golden image stands for the publisher's. */
@Tag("integration")
class OvenIT {

    @Test
    void should_bake_packages_into_a_downloaded_image(@TempDir Path directory) throws Exception {
        GoldenImage golden = new ImageStore(ImageStore.defaultDirectory())
                .ensure(new ImageDefinitions(Path.of("../profiles/images")).get("debian-13"), System.out::println);
        try (Publisher publisher = Publisher.http(new byte[1])) {
            ImageDefinition definition = new ImageDefinition(
                    "baked",
                    "trixie",
                    "amd64",
                    24,
                    Optional.of(publisher.image()),
                    List.of("tree"),
                    List.of("hello"));
            Path cache = directory.resolve("cache");
            publisher.list(golden.sha512() + "  image.qcow2\n");
            Path downloads = Files.createDirectories(cache.resolve("downloads/baked"));
            Files.createSymbolicLink(downloads.resolve(golden.sha512() + ".qcow2"), golden.qcow2());
            FetchOrBuild maker = new FetchOrBuild(
                    cache,
                    directory,
                    new Downloads(new HttpFile(HttpClient.newHttpClient(), Duration.ofSeconds(60))),
                    new Oven(AptSources::ofThisMachine),
                    new DebianBuilder(AptSources::ofThisMachine));

            GoldenImage baked = new ImageStore(cache, maker).ensure(definition, System.out::println);

            assertThat(baked.origin()).isEqualTo(Origin.DOWNLOADED_AND_BAKED);
            try (BareGuest guest = BareGuest.start(baked.qcow2(), directory)) {
                guest.awaitBoot("");
                assertThat(guest.run("tree --version")).startsWith("tree v");
                assertThat(guest.run("ls /var/lib/boma/debs")).contains("hello_").contains("libc6_");
                assertThat(guest.run("df --output=size -B1G / | tail -n 1").strip()).isEqualTo("24");
                assertThat(guest.run("cloud-init status --wait")).endsWith("status: done");
                assertThat(guest.run("hostname")).isEqualTo("bare");
            }
        }
    }
}
