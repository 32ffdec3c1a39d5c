package me.wingu.boma.harness.state;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The containers of a host, running or not, of Docker and of root's Podman, and what else these keep.
 *
 * @param host what messages call the host and the moment: {@code askari after reboot 1}
 * @param all the containers, in the engines' order
 * @param images the images, used or not
 * @param volumes the volumes, used or not
 * @param networks the networks, used or not
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Containers(
        String host,
        List<Container> all,
        List<EngineImage> images,
        List<EngineVolume> volumes,
        List<EngineNetwork> networks) {

    /** Copies the lists. */
    public Containers {
        all = List.copyOf(all);
        images = List.copyOf(images);
        volumes = List.copyOf(volumes);
        networks = List.copyOf(networks);
    }

    /** Returns the container of that name. */
    public Optional<Container> named(String name) {
        return all.stream().filter(container -> container.name().equals(name)).findFirst();
    }

    /** Returns those that run. */
    public Stream<Container> running() {
        return all.stream().filter(Container::isRunning);
    }
}
