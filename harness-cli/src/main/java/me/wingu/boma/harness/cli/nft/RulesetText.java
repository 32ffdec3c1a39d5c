package me.wingu.boma.harness.cli.nft;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import me.wingu.boma.harness.FileTrouble;
import me.wingu.boma.harness.HarnessException;

/** Reads a ruleset, or what is told of its host, from where the user said. */
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
                    HarnessException.Kind.USAGE, "There is no file " + file + ".", "", "name one that is there, or - for standard input", e);
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE,
                    "The file \"" + file + "\" cannot be read.",
                    FileTrouble.reason(e),
                    "give a readable file of UTF-8 text",
                    e);
        }
    }
}
