package me.wingu.boma.harness.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.PrivateFiles;
import me.wingu.boma.harness.hypervisor.Domain;
import me.wingu.boma.harness.hypervisor.Hypervisor;
import me.wingu.boma.harness.profile.HostProfile;

/**
 * Removes what rehearsals left: only what carries the harness's prefix, and only what no living process works on.
 * Golden images stay, they are a cache.
 */
final class Sweeper {

    private static final String IMAGE_PREFIX = HostProfile.PREFIX + "image-";

    private final Hypervisor hypervisor;
    private final Path keys;
    private final Supplier<Predicate<String>> saved;

    /**
     * Creates a sweeper.
     *
     * @param saved tells which volumes saved guests need: those stay when their guest goes
     */
    Sweeper(Hypervisor hypervisor, Path keys, Supplier<Predicate<String>> saved) {
        this.hypervisor = hypervisor;
        this.keys = keys;
        this.saved = saved;
    }

    /**
     * Removes the guests whose process died, and what belongs to no guest, before another one starts. Networks stay: that one
     * needs them, and the end of the last guest takes them away. Returns the names of what is gone.
     */
    List<String> removeOrphans() {
        return sweep(domain ->
                domain.note().flatMap(VmNote::parse).map(VmNote::orphaned).orElse(false));
    }

    /** Removes every guest that no living process works on, kept ones too. Returns the names of what is gone. */
    List<String> removeAll() {
        List<String> gone = sweep(domain -> domain.note()
                .flatMap(VmNote::parse)
                .flatMap(VmNote::owner)
                .map(owner -> !owner.alive())
                .orElse(true));
        hypervisor.removeIdleNetworks().forEach(n -> gone.add("network " + n));
        return gone;
    }

    private List<String> sweep(Predicate<Domain> doomed) {
        List<String> gone = new ArrayList<>();
        for (Domain domain : hypervisor.domains()) {
            if (doomed.test(domain)) {
                Optional<String> disk = removeWithDisk(domain);
                gone.add("domain " + domain.name());
                disk.ifPresent(volume -> gone.add("volume " + volume));
            }
        }
        Set<String> left = hypervisor.domains().stream().map(Domain::name).collect(Collectors.toSet());
        Predicate<String> needed = saved.get();
        for (String volume : hypervisor.volumes().names()) {
            boolean ours = volume.startsWith(HostProfile.PREFIX) && !volume.startsWith(IMAGE_PREFIX);
            if (ours && !needed.test(volume) && left.stream().noneMatch(d -> new GuestNames(d).owns(volume))) {
                hypervisor.volumes().delete(volume);
                gone.add("volume " + volume);
            }
        }
        gone.addAll(removeKeys(left));
        return gone;
    }

    /** Removes a guest and all that belongs to it. */
    void remove(Domain domain) {
        removeWithDisk(domain);
        GuestNames names = new GuestNames(domain.name());
        Predicate<String> needed = saved.get();
        hypervisor.volumes().names().stream()
                .filter(names::owns)
                .filter(volume -> !needed.test(volume))
                .forEach(hypervisor.volumes()::delete);
        hypervisor.removeIdleNetworks();
        delete(keys.resolve(domain.name()));
    }

    /** The disk that a guest writes to is in no checkpoint, whoever's guest it is: that needs one that rests. */
    private Optional<String> removeWithDisk(Domain domain) {
        Optional<String> disk = Optional.of(domain.disk()).filter(new GuestNames(domain.name())::owns);
        domain.remove();
        disk.ifPresent(hypervisor.volumes()::delete);
        return disk;
    }

    private List<String> removeKeys(Set<String> domains) {
        List<String> gone = new ArrayList<>();
        for (Path directory : directories()) {
            String name = directory.getFileName().toString();
            if (name.startsWith(HostProfile.PREFIX) && !domains.contains(name)) {
                delete(directory);
                gone.add("keys of " + name);
            }
        }
        return gone;
    }

    private List<Path> directories() {
        if (!Files.isDirectory(keys)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(keys)) {
            return entries.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw failed(keys, e);
        }
    }

    private static void delete(Path directory) {
        try {
            PrivateFiles.delete(directory);
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    private static HarnessException failed(Path path, IOException e) {
        return new HarnessException(
                HarnessException.Kind.MACHINE,
                "Tidying " + path + " failed.",
                e.toString(),
                "check its owner and permissions",
                e);
    }
}
