package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.Container;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on one container.
 *
 * <pre>{@code
 * assertThat(vm.containers()).named("web").isHealthy();              // passes when its health check passes
 * assertThat(vm.containers()).named("web").survivesReboot();         // fails when its restart policy is "no"
 * assertThat(vm.containers()).named("db").publishes(tcp(5432));      // fails when the port is not published
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class ContainerAssert extends SoughtAssert<ContainerAssert, Container> {

    /** Creates the assertions. */
    public ContainerAssert(Sought<Container> actual) {
        super(actual, ContainerAssert.class);
    }

    /** Verifies that it runs. */
    public ContainerAssert isRunning() {
        return verify("to be running", Container::isRunning, container -> container + lastWords(container));
    }

    /** Verifies that it exists and does not run. */
    public ContainerAssert isNotRunning() {
        return verify("not to be running", container -> !container.isRunning());
    }

    /** Verifies that it runs and its health check passes; a container without one is not healthy. */
    public ContainerAssert isHealthy() {
        return verify(
                "to be healthy",
                container -> container.isRunning() && container.isHealthy(),
                container -> container
                        + container.health()
                                .map(h -> "\nlast health check (" + h.failingStreak() + " failed in a row): " + h.lastOutput())
                                .orElse("\nit has no health check")
                        + lastWords(container));
    }

    private static String lastWords(Container container) {
        return container.lastWords().isEmpty() ? "" : "\nit said last:\n  " + String.join("\n  ", container.lastWords());
    }

    /** Verifies its restart policy: {@code no}, {@code always}, {@code unless-stopped} or {@code on-failure}. */
    public ContainerAssert hasRestartPolicy(String name) {
        return verify("to have the restart policy " + name, c -> c.restartPolicy().name().equals(name));
    }

    /** Verifies that its restart policy brings it back after a reboot. */
    public ContainerAssert survivesReboot() {
        return verify("to have a restart policy that survives a reboot", Container::survivesReboot);
    }

    /** Verifies that the engine never had to start it again. */
    public ContainerAssert hasNeverRestarted() {
        return verify("never to have restarted", container -> container.restarts() == 0);
    }

    /** Verifies the image that it was made from, as it was asked for: {@code caddy:2}. */
    public ContainerAssert hasImage(String image) {
        return verify("to have the image " + image, container -> container.image().equals(image));
    }

    /** Verifies that it runs, and that these ports of the host lead into it. */
    public ContainerAssert publishes(Door... doors) {
        Wording.requireSome(doors, "port");
        return verify("to publish " + List.of(doors), c -> c.isRunning() && Stream.of(doors).allMatch(door -> c.ports().stream()
                .anyMatch(port -> (port.hostPort() + "/" + port.protocol()).equals(door.toString()))));
    }

    /** Verifies that no port of the host leads into it. */
    public ContainerAssert publishesNothing() {
        return verify("to publish nothing", container -> container.ports().isEmpty());
    }

    /** Verifies that a volume or directory of the host is mounted in it. */
    public ContainerAssert mounts(String source, String target) {
        return verify(
                "to have " + source + " mounted on " + target,
                c -> c.mounts().stream().anyMatch(m -> m.source().equals(source) && m.target().equals(target)),
                Container::mounts);
    }

    /** Verifies that it is attached to a network. */
    public ContainerAssert isOnNetwork(String network) {
        return verify(
                "to be on the network " + network,
                c -> c.networks().stream().anyMatch(n -> n.name().equals(network)),
                Container::networks);
    }

    /** Verifies that it does not run with all capabilities. */
    public ContainerAssert isNotPrivileged() {
        return verify("not to be privileged", container -> !container.privileged());
    }
}
