package me.wingu.boma.harness.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import me.wingu.boma.harness.HarnessException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {

    @TempDir
    private Path scratch;

    private Path site;
    private Path tasks;

    @BeforeEach
    void makeSite() throws IOException {
        site = scratch.resolve("site");
        tasks = site.resolve("roles/base/tasks/main.yml");
        Files.createDirectories(tasks.getParent());
        Files.writeString(tasks, "- name: one\n");
        Files.setPosixFilePermissions(tasks, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private Inputs inputs() {
        return Inputs.none().withFile("site", site);
    }

    @Test
    void should_not_heed_times() throws IOException {
        Inputs before = inputs();

        Files.setLastModifiedTime(tasks, FileTime.from(Instant.EPOCH));

        assertThat(inputs().key()).isEqualTo(before.key());
        assertThat(before.differences(inputs())).isEmpty();
    }

    @Test
    void should_name_the_file_that_changed() throws IOException {
        Inputs before = inputs();

        Files.writeString(tasks, "- name: two\n");

        assertThat(inputs().key()).isNotEqualTo(before.key());
        assertThat(before.differences(inputs())).containsExactly("site/roles/base/tasks/main.yml changed");
    }

    @Test
    void should_heed_modes() throws IOException {
        Inputs before = inputs();

        Files.setPosixFilePermissions(tasks, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(before.differences(inputs())).containsExactly("site/roles/base/tasks/main.yml changed");
    }

    @Test
    void should_heed_names() throws IOException {
        Inputs before = inputs();

        Files.move(tasks, tasks.resolveSibling("all.yml"));

        assertThat(before.differences(inputs()))
                .containsExactly("site/roles/base/tasks/main.yml is gone", "site/roles/base/tasks/all.yml is new");
    }

    @Test
    void should_pass_over_what_version_control_keeps() throws IOException {
        Inputs before = inputs();

        Files.createDirectories(site.resolve(".git/objects"));
        Files.writeString(site.resolve(".git/objects/pack"), "x");

        assertThat(inputs()).isEqualTo(before);
    }

    @Test
    void should_follow_links_and_survive_their_loops() throws IOException {
        Path outside = Files.createFile(scratch.resolve("outside.yml"));
        Files.createSymbolicLink(site.resolve("link.yml"), outside);
        Files.createSymbolicLink(site.resolve("roles/loop"), site);
        Inputs before = inputs();

        Files.writeString(outside, "changed");

        assertThat(before.differences(inputs())).containsExactly("site/link.yml changed");
    }

    @Test
    void should_name_a_file_that_cannot_be_read() throws IOException {
        Path memory = Path.of("/proc/self/mem"); // its first page is nobody's, not even root's
        Path file = Files.createSymbolicLink(site.resolve("roles/base/vault.yml"), memory);

        assertThatThrownBy(this::inputs)
                .isInstanceOfSatisfying(HarnessException.class, e ->
                        assertThat(e.kind()).isEqualTo(HarnessException.Kind.USAGE))
                .hasMessageContaining("Reading " + file + ", to tell which saved guests it led to, failed.")
                .hasMessageContaining("make it readable for this account");
    }

    @Test
    void should_tell_an_absent_file_from_an_empty_one() throws IOException {
        Path overlay = site.resolve("../absent-overlay.yml");
        Inputs absent = Inputs.none().withFile("overlay.yml", overlay);
        Files.createFile(overlay);
        Inputs empty = Inputs.none().withFile("overlay.yml", overlay);
        Files.delete(overlay);

        assertThat(absent).isNotEqualTo(empty);
    }

    @Test
    void should_be_the_same_whatever_the_order() {
        Inputs one = Inputs.none().with("a", "1").with("b", "2");

        assertThat(Inputs.none().with("b", "2").with("a", "1").key()).isEqualTo(one.key());
        assertThat(Inputs.none().with("a", "2").with("b", "1").key()).isNotEqualTo(one.key());
    }
}
