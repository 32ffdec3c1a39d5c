package me.wingu.boma.harness.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.guest.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of this very machine. */
class HostFilesTest {

    @TempDir
    private Path scratch;

    private Path file;
    private HostFiles files;

    @BeforeEach
    void make() throws IOException {
        Path directory = Files.createDirectories(scratch.resolve("here/it's"));
        file = Files.writeString(directory.resolve("a b.conf"), "one\ntwo\tthree\n=content\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Files.createSymbolicLink(directory.resolve("link"), Path.of("a b.conf"));
        files = new HostFiles(new LocalShell(Files.createDirectories(scratch.resolve("shell"))), Duration.ofSeconds(20));
    }

    @Test
    void should_read_what_a_file_holds_to_the_last_byte() {
        FileState read = files.read("here", file.toString());

        assertThat(read.type()).isEqualTo("file");
        assertThat(read.mode()).isEqualTo("0640");
        assertThat(read.size()).isEqualTo(23);
        assertThat(read.content()).contains("one\ntwo\tthree\n=content\n");
        // printf 'one\ntwo\tthree\n=content\n' | sha256sum
        assertThat(read.sha256()).contains("dc0d89b4cd0c1d2e16f1dbc24a29bfca130f3a96fe12ad9cbfe7a6e946050989");
    }

    @Test
    void should_describe_several_in_their_order() {
        String link = file.resolveSibling("link").toString();
        List<FileState> all = files.look("here", "/nosuch", link, file.getParent().toString());

        assertThat(all).extracting(FileState::exists).containsExactly(false, true, true);
        assertThat(all).extracting(FileState::type).containsExactly("", "link", "directory");
        assertThat(all.get(1).target()).isEqualTo("a b.conf");
        assertThat(all.get(1).content()).isEmpty();
    }

    /** More than two mebibytes of paths: no program can be given as many at once. */
    @Test
    void should_describe_any_number_of_files() {
        String[] paths = Stream.concat(
                        IntStream.range(0, 1200).mapToObj(i -> "/nosuch/" + i + "/" + "long/".repeat(400)),
                        Stream.of(file.toString()))
                .toArray(String[]::new);
        List<FileState> all = files.look("here", paths);

        assertThat(all).extracting(FileState::path).containsExactly(paths);
        assertThat(all).filteredOn(FileState::exists).singleElement().isSameAs(all.get(1200));
    }

    @Test
    void should_list_what_lies_below_a_directory() {
        assertThat(files.below("here", scratch.resolve("here").toString(), "*.conf"))
                .singleElement()
                .satisfies(found -> assertThat(found.path()).isEqualTo(file.toString()));
        assertThat(files.below("here", scratch.resolve("here").toString(), "*")).hasSize(3);
    }

    @Test
    void should_say_that_there_is_nothing() {
        assertThat(files.read("here", "/nosuch")).hasToString("/nosuch: nothing there");
        assertThatThrownBy(() -> files.read("here", "relative"))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("give an absolute path");
    }

    @Test
    void should_not_take_a_look_that_was_broken_off_for_an_absent_file() {
        HostFiles broken = new HostFiles(
                (script, deadline) -> new CommandResult(-1, "", "", Duration.ofMillis(1)), Duration.ofSeconds(1));

        assertThatThrownBy(() -> broken.look("askari after reboot 1", "/etc/passwd"))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("Looking at files of askari after reboot 1 failed")
                .hasMessageContaining("exit status -1");
        assertThatThrownBy(() -> broken.below("askari", "/etc", "*.conf")).isInstanceOf(HarnessException.class);
    }
}
