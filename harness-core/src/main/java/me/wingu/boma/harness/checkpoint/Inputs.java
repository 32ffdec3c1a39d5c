package me.wingu.boma.harness.checkpoint;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import me.wingu.boma.harness.HarnessException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Everything that led to a stage, each by its name with a digest of its content: so that two stages can be told apart,
 * and it can be said why.
 *
 * @param digests the inputs; values are short texts or SHA-256 digests
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Inputs(@JsonValue SortedMap<String, String> digests) {

    /** Copies the map. */
    @JsonCreator
    public Inputs {
        digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
    }

    /** Returns no inputs at all, to begin with. */
    public static Inputs none() {
        return new Inputs(new TreeMap<>());
    }

    /**
     * Adds a short text, which is kept as it is.
     *
     * @param name what it is, for people
     * @param text the text; no secret
     */
    public Inputs with(String name, String text) {
        return with(Map.of(name, text));
    }

    /**
     * Adds a file's content and mode, or the same of every file of a directory; times do not count.
     *
     * @param name what it is, for people
     * @param path the file or directory; one that is not there counts as such
     * @throws HarnessException when a file of it cannot be read
     */
    public Inputs withFile(String name, Path path) {
        return with(Digests.ofFiles(name, path));
    }

    /**
     * Adds a directory as one input, however many files it has.
     *
     * @param name what it is, for people
     * @param path the directory; one that is not there counts as such
     * @throws HarnessException when a file of it cannot be read
     */
    public Inputs withWhole(String name, Path path) {
        return with(name, Digests.ofText(Digests.ofFiles("", path).toString()));
    }

    /** Adds other inputs. */
    public Inputs with(Inputs more) {
        return with(more.digests);
    }

    private Inputs with(Map<String, String> more) {
        SortedMap<String, String> all = new TreeMap<>(digests);
        all.putAll(more);
        return new Inputs(all);
    }

    /** Returns what identifies these inputs: equal for equal content, SHA-256 in hexadecimal. */
    public String key() {
        return Digests.ofText(digests.toString());
    }

    /**
     * Returns what is different in other inputs, one line each: {@code site/roles/base/tasks/main.yml changed}.
     *
     * @param now the other ones
     */
    public List<String> differences(Inputs now) {
        List<String> lines = new ArrayList<>();
        digests.forEach((name, digest) -> {
            String other = now.digests.get(name);
            if (other == null) {
                lines.add(name + " is gone");
            } else if (!other.equals(digest)) {
                lines.add(name + " changed");
            }
        });
        now.digests.keySet().stream().filter(name -> !digests.containsKey(name)).forEach(name -> lines.add(name + " is new"));
        return lines;
    }
}
