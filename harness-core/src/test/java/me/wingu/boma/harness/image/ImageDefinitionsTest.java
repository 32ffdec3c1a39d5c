package me.wingu.boma.harness.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageDefinitionsTest {

    @TempDir
    private Path directory;

    @Test
    void should_read_a_definition() throws IOException {
        write(
                """
                {
                  "release": "trixie", "architecture": "amd64", "diskGiB": 8,
                  "published": { "url": "https://x.example/a/b.qcow2", "checksumsUrl": "https://x.example/a/SUMS" },
                  "packages": ["nftables", "docker.io", "nftables"], "packageFiles": ["g++"]
                }
                """);

        assertThat(new ImageDefinitions(directory).get("image"))
                .isEqualTo(new ImageDefinition(
                        "image",
                        "trixie",
                        "amd64",
                        8,
                        Optional.of(new PublishedImage(
                                URI.create("https://x.example/a/b.qcow2"), URI.create("https://x.example/a/SUMS"))),
                        List.of("nftables", "docker.io"),
                        List.of("g++")));
    }

    @Test
    void should_read_the_definitions_of_this_project() {
        ImageDefinitions project = new ImageDefinitions(Path.of("../profiles/images"));

        assertThat(project.names()).contains("debian-13");
        assertThat(project.names()).allSatisfy(name -> assertThat(project.get(name).name()).isEqualTo(name));
    }

    @Test
    void should_list_the_known_images_when_asked_for_another() throws IOException {
        write("{}");

        assertThatThrownBy(() -> new ImageDefinitions(directory).get("imago"))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("no image \"imago\"")
                .hasMessageContaining("did you mean \"image\"? known: image");
        assertThatThrownBy(() -> new ImageDefinitions(directory.resolve("none")).get("../secret"))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("known: none");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "release"      | 13                                             | a Debian release's code name
            "release"      | "Trixie; rm -rf /"                             | a Debian release's code name
            "architecture" | "arm64"                                        | "amd64"
            "diskGiB"      | 3                                              | an integer from 4 to 2048 (GiB)
            "diskGiB"      | "20"                                           | an integer from 4 to 2048 (GiB)
            "packages"     | "nftables"                                     | a list of names
            "packages"     | ["-o=x"]                                       | the name of a Debian package
            "packageFiles" | ["a,b"]                                        | the name of a Debian package
            "published"    | {"url": "http://x.example/a", "checksumsUrl": "https://x.example/b"} | an https:// URL
            "published"    | {"url": "https://x.example/a"}                 | an https:// URL
            "published"    | {"url": "https://x.example/", "checksumsUrl": "https://x.example/b"}  | ends with the file's name
            "size"         | 4                                              | known: architecture, diskGiB, packageFiles
            """)
    void should_say_where_a_definition_is_wrong_and_what_was_expected(String field, String value, String expected)
            throws IOException {
        String release = field.equals("\"release\"") ? "" : "\"release\": \"trixie\",\n";
        String architecture = field.equals("\"architecture\"") ? "" : "\"architecture\": \"amd64\",\n";
        write("{" + release + architecture + field + ": " + value + "\n}");

        assertThatThrownBy(() -> new ImageDefinitions(directory).get("image"))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining(directory.resolve("image.json") + ":")
                .hasMessageContaining(field.replace("\"", ""))
                .hasMessageContaining(expected);
    }

    @Test
    void should_allow_plain_http_only_to_this_machine() throws IOException {
        write(
                """
                {
                  "release": "trixie", "architecture": "amd64",
                  "published": { "url": "http://127.0.0.1:8080/b.qcow2", "checksumsUrl": "http://localhost/SUMS" }
                }
                """);

        assertThat(new ImageDefinitions(directory).get("image").published()).isPresent();
    }

    @Test
    void should_have_another_key_whenever_the_image_would_be_another() {
        ImageDefinition one = Images.definition("image");

        assertThat(one.key("way")).matches("[0-9a-f]{16}").isEqualTo(Images.definition("image").key("way"));
        assertThat(one.key("another way")).isNotEqualTo(one.key("way"));
        assertThat(Images.definition("other").key("way")).isNotEqualTo(one.key("way"));
    }

    private void write(String json) throws IOException {
        Files.writeString(directory.resolve("image.json"), json);
    }
}
