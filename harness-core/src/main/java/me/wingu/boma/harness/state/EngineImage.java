package me.wingu.boma.harness.state;

import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * An image that a container engine keeps, whether a container uses it or not.
 *
 * @param engine who keeps it
 * @param id the identifier of its content, as the engine writes it
 * @param tags its names, such as {@code caddy:2}; none for one that was replaced by another
 * @param size what it takes, in bytes, layers shared with others included
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record EngineImage(Container.Engine engine, String id, List<String> tags, long size) {

    /** What Docker leaves out of a name and Podman writes. */
    private static final List<String> REGISTRIES = List.of("docker.io/library/", "docker.io/", "localhost/");

    /** Copies the list. */
    public EngineImage {
        tags = List.copyOf(tags);
    }

    /**
     * Returns whether it has that name; without a tag, {@code latest} is meant, and a registry that Docker takes for granted may be
     * left out.
     *
     * @param name such as {@code caddy:2}
     */
    public boolean isNamed(String name) {
        return tags.stream().anyMatch(tag -> full(tag).equals(full(name)));
    }

    private static String full(String name) {
        String tagged = name.substring(name.lastIndexOf('/') + 1).contains(":") ? name : name + ":latest";
        return REGISTRIES.stream()
                .filter(tagged::startsWith)
                .findFirst()
                .map(registry -> tagged.substring(registry.length()))
                .orElse(tagged);
    }

    /** Returns the image as a list shows it: {@code caddy:2, 53 MiB}. */
    @Override
    public String toString() {
        return (tags.isEmpty() ? "untagged " + id : String.join(" ", tags)) + ", " + (size >> 20) + " MiB";
    }
}
