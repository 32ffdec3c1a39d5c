package me.wingu.boma.harness.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The shell scripts beside these classes. */
final class Scripts {

    private static final List<String> NAMES =
            List.of("configure.sh", "timers.sh", "bootloader.sh", "assemble.sh", "bake.sh");

    private Scripts() {}

    /** Returns the texts of all of them: another text, another image. */
    static String all() {
        return NAMES.stream().map(Scripts::text).collect(Collectors.joining("\n"));
    }

    static String text(String name) {
        try (InputStream in = Scripts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the script " + name + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the script " + name, e);
        }
    }
}
