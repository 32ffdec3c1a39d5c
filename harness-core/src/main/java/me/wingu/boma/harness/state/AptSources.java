package me.wingu.boma.harness.state;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Where APT takes packages from, as {@code apt-get indextargets} names it: disabled entries are none.
 *
 * @param host what messages call the host and the moment: {@code askari after reboot 1}
 * @param all the sources, each once
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record AptSources(String host, List<AptSource> all) {

    /** Copies the list. */
    public AptSources {
        all = List.copyOf(all);
    }

    /** Returns the sources of a release: {@code trixie-security}. */
    public Stream<AptSource> of(String release) {
        return all.stream().filter(source -> source.release().equals(release));
    }

    static AptSources read(String host, Map<String, String> text) {
        return new AptSources(host, text.getOrDefault("apt", "").lines()
                .filter(line -> !line.isBlank())
                .distinct() // one a processor architecture
                .map(AptSources::source)
                .toList());
    }

    private static AptSource source(String line) {
        String[] word = line.split(" ", 4);
        if (word.length < 4) {
            throw new SectionReader.Unreadable("URI, release, component and file of a source", line);
        }
        return new AptSource(word[0], word[1], word[2], word[3]);
    }
}
