package me.wingu.boma.harness.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/** What one process tells another one about itself: a line for each event, with the moment in milliseconds since 1970. */
record TimesFile(Path path) {

    TimesFile(String path) {
        this(Path.of(path));
    }

    /** Notes that something happens now. */
    void note(String event) {
        note(event, String.valueOf(Instant.now().toEpochMilli()));
    }

    /** Notes a fact. */
    void note(String name, String fact) {
        try {
            Files.writeString(path, name + " " + fact + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the first fact of a name. */
    Optional<String> fact(String name) {
        try {
            return Files.readAllLines(path).stream()
                    .filter(line -> line.startsWith(name + " "))
                    .map(line -> line.substring(name.length() + 1))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
