package me.wingu.boma.harness.cli.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A text that lies beside the benchmarks' classes. */
final class Resource {

    private Resource() {}

    /**
     * Returns a text.
     *
     * @param name the name of its file
     */
    static String text(String name) throws IOException {
        try (InputStream in = Resource.class.getResourceAsStream(name)) {
            byte[] text = Objects.requireNonNull(in, () -> name + " lies beside this class").readAllBytes();
            return new String(text, StandardCharsets.UTF_8);
        }
    }
}
