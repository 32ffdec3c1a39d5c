package me.wingu.boma.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {

    @TempDir
    private Path scratch;

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void should_make_directories_that_only_their_owner_enters() throws IOException {
        Path inner = PrivateFiles.createDirectories(scratch.resolve("outer/inner"));

        assertThat(mode(inner)).isEqualTo("rwx------");
        assertThat(mode(inner.getParent())).isEqualTo("rwx------");
        assertThat(mode(PrivateFiles.createDirectory(inner.resolve("one")))).isEqualTo("rwx------");
    }

    @Test
    void should_leave_a_directory_that_is_there_as_it_is() throws IOException {
        Path open = Files.createDirectory(scratch.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(mode(PrivateFiles.createDirectories(open))).isEqualTo("rwxr-xr-x");
        assertThatThrownBy(() -> PrivateFiles.createDirectory(open)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void should_replace_a_file_that_anybody_could_read() throws IOException {
        Path file = Files.writeString(scratch.resolve("key"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(PrivateFiles.write(file, "new – all of it")).isEqualTo(file).hasContent("new – all of it");

        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(scratch).as("no part is left").isDirectoryNotContaining(each -> !each.equals(file));
    }

    @Test
    void should_delete_a_tree_but_not_what_a_link_leads_to() throws IOException {
        Path kept = Files.writeString(Files.createDirectory(scratch.resolve("kept")).resolve("file"), "kept");
        Path tree = Files.createDirectories(scratch.resolve("tree/below"));
        Files.writeString(tree.resolve("file"), "");
        Files.createSymbolicLink(tree.resolve("link"), kept.getParent());

        PrivateFiles.delete(scratch.resolve("tree"));
        PrivateFiles.delete(scratch.resolve("tree"));

        assertThat(scratch.resolve("tree")).doesNotExist();
        assertThat(kept).exists();
    }
}
