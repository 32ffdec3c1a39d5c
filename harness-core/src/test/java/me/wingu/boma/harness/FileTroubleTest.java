package me.wingu.boma.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTroubleTest {

    @TempDir
    private Path directory;

    @Test
    void should_say_that_a_file_is_not_there() {
        assertThat(trouble(directory.resolve("none"))).isEqualTo("it is not there");
    }

    @Test
    void should_say_that_a_file_is_of_another_encoding() throws IOException {
        Path latin1 = Files.write(directory.resolve("latin1"), new byte[] {'a', (byte) 0xe4, 'b'});

        assertThat(trouble(latin1)).isEqualTo("it is not text in UTF-8");
    }

    @Test
    void should_say_that_a_file_is_somebody_else_s() {
        assertThat(FileTrouble.reason(new AccessDeniedException("/etc/shadow"))).isEqualTo("this account may not use it");
    }

    @Test
    void should_leave_the_rest_to_the_system() {
        assertThat(trouble(directory)).isEqualTo("Is a directory");
        assertThat(FileTrouble.reason(new IOException())).isEqualTo("java.io.IOException");
    }

    private static String trouble(Path file) {
        return FileTrouble.reason(catchThrowableOfType(IOException.class, () -> Files.readString(file)));
    }
}
