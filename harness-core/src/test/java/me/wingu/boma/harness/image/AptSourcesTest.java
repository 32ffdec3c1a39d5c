package me.wingu.boma.harness.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import me.wingu.boma.harness.HarnessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AptSourcesTest {

    @Test
    void should_tell_debian_from_everything_else_by_its_release_files() {
        AptSources sources = AptSources.parse(
                """
                Example|Debian|bookworm|https://packages.example.org/debian/
                Debian Backports|Debian Backports|bookworm-backports|http://backports.example.net/debian/
                Debian|Debian|bookworm|http://mirror.example.net/debian/
                Debian|Debian-Security|bookworm-security|http://security.example.net/debian-security/
                """,
                "");

        assertThat(sources.list("trixie"))
                .isEqualTo(
                        """
                        deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://mirror.example.net/debian trixie main
                        deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://mirror.example.net/debian trixie-updates main
                        deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://security.example.net/debian-security trixie-security main
                        """);
    }

    @Test
    void should_go_by_the_suite_before_the_first_update() {
        AptSources sources = AptSources.parse(
                """
                ||nodistro|https://packages.example.org/x
                ||trixie-security|http://security.example.net/debian-security
                ||trixie-updates|http://mirror.example.net/debian
                """,
                "");

        assertThat(sources.mirror()).isEqualTo("http://mirror.example.net/debian");
        assertThat(sources.security()).contains("http://security.example.net/debian-security");
    }

    @Test
    void should_read_the_mirrors_that_a_cloud_image_names_in_a_file(@TempDir Path directory) throws Exception {
        Path list = directory.resolve("debian.list");
        Files.writeString(list, "https://first.example.net/debian/ priority:1\nhttps://second.example.net/debian\n");

        AptSources sources = AptSources.parse("Debian|Debian|trixie|mirror+file://" + list + "/\n", "");

        assertThat(sources.mirror()).isEqualTo("https://first.example.net/debian");
        assertThat(sources.list("trixie")).doesNotContain("security");
    }

    @Test
    void should_pass_over_what_a_guest_cannot_reach() {
        assertThatThrownBy(() -> AptSources.parse("Debian|Debian|trixie|file:/srv/mirror/\n", ""))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("names no Debian mirror")
                .hasMessageContaining("file:/srv/mirror/");
    }

    @Test
    void should_keep_how_to_fetch_and_nothing_that_weakens_it() {
        AptSources sources = AptSources.parse(
                "Debian|Debian|trixie|http://mirror.example.net/debian/\n",
                """
                APT::Architecture "amd64";
                Acquire::AllowInsecureRepositories "1";
                Acquire::http::Proxy "http://proxy.example.net:3142";
                Acquire::Check-Valid-Until "false";
                Acquire::Retries "3";
                Acquire::Languages "none";
                """);

        assertThat(sources.settings())
                .containsExactly(
                        "Acquire::http::Proxy \"http://proxy.example.net:3142\";",
                        "Acquire::Check-Valid-Until \"false\";",
                        "Acquire::Retries \"3\";");
    }
}
