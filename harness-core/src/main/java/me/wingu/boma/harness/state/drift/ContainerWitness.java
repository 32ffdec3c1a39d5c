package me.wingu.boma.harness.state.drift;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.Container;
import me.wingu.boma.harness.state.ContainerNetwork;
import me.wingu.boma.harness.state.Containers;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.PublishedPort;
import me.wingu.boma.harness.state.Subject;

/**
 * Containers: their configuration, and which of them run; images, volumes and networks by name. Addresses of containers and
 * restart counts are left out, and what nobody gave a name.
 */
final class ContainerWitness implements Witness<Containers> {

    @Override
    public String name() {
        return "containers";
    }

    @Override
    public Subject<Containers> subject() {
        return Subject.CONTAINERS;
    }

    @Override
    public Stream<Fact> facts(Containers containers, HostState state, HostState other) {
        Stream<Fact> all = containers.all().stream().flatMap(container -> Stream.concat(
                Stream.of(configuration(container)),
                container.isRunning() ? Stream.of(running(container)) : Stream.empty()));
        return Stream.concat(all, kept(containers));
    }

    private static Stream<Fact> kept(Containers containers) {
        Stream<Fact> images = containers.images().stream()
                .flatMap(image -> image.tags().stream()
                        .map(tag -> Fact.of("image " + tag, "what pulls or builds it").with("content", image.id())));
        Stream<Fact> volumes = containers.volumes().stream()
                .filter(volume -> !volume.isAnonymous())
                .map(volume -> Fact.of("volume " + volume.name(), "what makes it").with("driver", volume.driver()));
        Stream<Fact> networks = containers.networks().stream()
                .map(network -> Fact.of("network " + network.name(), "what makes it")
                        .with("driver", network.driver())
                        .with("internal", String.valueOf(network.internal()))
                        .with("subnets", sorted(network.subnets())));
        return Stream.of(images, volumes, networks).flatMap(facts -> facts);
    }

    private static Fact configuration(Container container) {
        return Fact.of(container.name(), "the role or compose file that makes it")
                .with("image", container.image() + " " + container.imageId())
                .with("restart policy", container.restartPolicy().toString())
                .with("user", container.user().isEmpty() ? "the image's" : container.user())
                .with("privileged", String.valueOf(container.privileged()))
                .with("mounts", sorted(container.mounts()))
                .with("network mode", container.networkMode())
                .with("networks", sorted(container.networks().stream().map(ContainerNetwork::name).toList()));
    }

    private static Fact running(Container container) {
        return Fact.of(container.name() + " running", whyItStopped(container))
                .with("health", container.health().map(Container.Health::status).orElse("no health check"))
                .with("ports", sorted(container.ports().stream().map(ContainerWitness::lasting).toList()));
    }

    private static String lasting(PublishedPort port) {
        return port.ephemeral() ? port.hostAddress() + " to " + port.containerPort() + "/" + port.protocol() : port.toString();
    }

    private static String whyItStopped(Container container) {
        String engine = container.engine().name().toLowerCase(Locale.ROOT);
        if (!container.survivesReboot()) {
            String policy = container.engine() == Container.Engine.PODMAN ? "always" : "unless-stopped";
            return "its restart policy is \"" + container.restartPolicy() + "\": " + engine
                    + " update --restart " + policy + " " + container.name();
        }
        return container.engine() == Container.Engine.PODMAN
                ? "podman-restart.service starts it at boot, when it is enabled and the policy is \"always\""
                : "its restart policy is \"" + container.restartPolicy() + "\": see docker logs " + container.name()
                        + ", and whether docker.service is enabled";
    }

    private static String sorted(List<?> values) {
        return values.stream().map(Object::toString).sorted().toList().toString();
    }
}
