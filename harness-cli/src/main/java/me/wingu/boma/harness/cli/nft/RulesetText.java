package me.wingu.boma.harness.cli.nft;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import me.wingu.boma.harness.HarnessException;

/** Reads a ruleset's text from where the user said. */
final class RulesetText {

    private final InputStream standardInput;

    RulesetText(InputStream standardInput) {
        this.standardInput = standardInput;
    }

    /** Returns the text of a file, or of standard input for {@code -}. */
    String of(String file) {
        try {
            return file.equals("-")
                    ? new String(standardInput.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE, "There is no file " + file + ".", "", "give the file of a ruleset", e);
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE,
                    "The ruleset in " + file + " cannot be read.",
                    String.valueOf(e.getMessage()),
                    "give a readable file of UTF-8 text",
                    e);
        }
    }
}
