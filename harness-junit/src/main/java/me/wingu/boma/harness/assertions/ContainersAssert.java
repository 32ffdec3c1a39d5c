package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.Container;
import me.wingu.boma.harness.state.Containers;
import me.wingu.boma.harness.state.EngineNetwork;
import me.wingu.boma.harness.state.EngineVolume;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on the containers of a host.
 *
 * <pre>{@code
 * assertThat(vm.containers()).named("reverse-proxy").isRunning();    // passes when it runs
 * assertThat(vm.containers()).allRun();                              // fails when one has ended
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class ContainersAssert extends StateAssert<ContainersAssert, Containers> {

    /** Creates the assertions. */
    public ContainersAssert(Containers actual) {
        super(actual, ContainersAssert.class, Wording.title(actual.host(), "containers"));
    }

    /** Goes on to the container of that name; fails when there is none. */
    public ContainerAssert named(String name) {
        List<String> around = actual.all().stream().map(Container::toString).toList();
        return navigate(
                ContainerAssert.class,
                new Sought<>(
                        "container " + name,
                        Wording.title(actual.host(), "containers"),
                        actual.named(name),
                        around),
                ContainerAssert::new);
    }

    /** Verifies that there is no container of that name, running or not. */
    public ContainersAssert hasNone(String name) {
        Wording.requireText(name, "name");
        return check(
                actual.named(name).isEmpty(), "Expecting no container " + name + ".", actual.named(name).stream().toList());
    }

    /**
     * Verifies that the engine keeps these images, whether a container uses them or not.
     *
     * <pre>{@code
     * assertThat(vm.containers()).hasImages("caddy:2");    // passes when it was pulled, built or imported
     * assertThat(vm.containers()).hasImages("caddy:3");    // fails, and shows the images that there are
     * }</pre>
     *
     * @param names such as {@code caddy:2}; without a tag, {@code latest} is meant
     */
    public ContainersAssert hasImages(String... names) {
        return keeps("image", names, name -> actual.images().stream().anyMatch(image -> image.isNamed(name)), actual.images());
    }

    /** Verifies that the engine keeps volumes of these names, whether a container mounts them or not. */
    public ContainersAssert hasVolumes(String... names) {
        List<String> volumes = actual.volumes().stream().map(EngineVolume::name).toList();
        return keeps("volume", names, volumes::contains, actual.volumes());
    }

    /** Verifies that the engine has networks of these names, whether a container is attached or not. */
    public ContainersAssert hasNetworks(String... names) {
        List<String> networks = actual.networks().stream().map(EngineNetwork::name).toList();
        return keeps("network", names, networks::contains, actual.networks());
    }

    private ContainersAssert keeps(String kind, String[] names, Predicate<String> there, List<?> seen) {
        Wording.requireSome(names, kind);
        List<String> missing = Stream.of(names).filter(there.negate()).toList();
        return check(missing.isEmpty(), "Expecting the " + kind + "s " + missing + " to be there.", seen);
    }

    /** Verifies that there is at least one container and that all run. */
    public ContainersAssert allRun() {
        List<Container> down = actual.all().stream().filter(container -> !container.isRunning()).toList();
        check(!actual.all().isEmpty(), "Expecting all containers to run, but there is none.", List.of());
        return check(down.isEmpty(), "Expecting all containers to run.", down);
    }

    /** Verifies that these containers run and no others do. */
    public ContainersAssert runOnly(String... names) {
        Wording.requireSome(names, "container");
        Set<String> running = actual.running().map(Container::name).collect(Collectors.toCollection(TreeSet::new));
        return check(
                running.equals(Set.of(names)),
                "Expecting exactly the containers " + new TreeSet<>(Set.of(names)) + " to run, but " + running + " do.",
                actual.all());
    }
}
