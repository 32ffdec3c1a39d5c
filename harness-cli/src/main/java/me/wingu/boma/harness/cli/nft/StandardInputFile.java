package me.wingu.boma.harness.cli.nft;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Standard input as a file, for as long as it is open; nothing is read before the path is asked for. */
final class StandardInputFile implements AutoCloseable {

    private final InputStream input;
    private Optional<Path> copy = Optional.empty();

    StandardInputFile(InputStream input) {
        this.input = input;
    }

    Path path() {
        if (copy.isEmpty()) {
            try {
                Path file = Files.createTempFile("standard-input", ".ruleset");
                copy = Optional.of(file);
                Files.copy(input, file, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException("standard input cannot be read", e);
            }
        }
        return copy.get();
    }

    @Override
    public void close() {
        if (copy.isPresent()) {
            try {
                Files.delete(copy.get());
            } catch (IOException e) {
                throw new UncheckedIOException("the copy of standard input cannot be deleted", e);
            }
        }
    }
}
