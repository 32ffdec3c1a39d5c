package me.wingu.boma.harness.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import me.wingu.boma.harness.profile.Suggestion;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** The image definitions of a directory, {@code profiles/images/} as a rule: one JSON file each. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class ImageDefinitions {

    private static final String ENDING = ".json";

    private final Path directory;

    /**
     * Creates the view of a directory; nothing is read yet.
     *
     * @param directory the directory
     */
    public ImageDefinitions(Path directory) {
        this.directory = directory;
    }

    /** Returns the names of all definitions, in alphabetical order; none when there is no such directory. */
    public List<String> names() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("listing " + directory, e);
        }
    }

    /**
     * Reads one definition.
     *
     * @param name the definition's name
     * @throws HarnessException when there is none of that name (the message lists those that are there), or it is wrong
     *     (the message has the file, the line, the field and what was expected)
     */
    public ImageDefinition get(String name) {
        List<String> known = names();
        if (!known.contains(name)) {
            throw new HarnessException(
                    Kind.USAGE,
                    "There is no image \"" + name + "\" in " + directory + ".",
                    "",
                    Suggestion.among(name, known));
        }
        return new ImageDefinitionReader(name, directory.resolve(name + ENDING)).read();
    }
}
