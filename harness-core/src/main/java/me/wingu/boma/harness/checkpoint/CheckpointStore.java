package me.wingu.boma.harness.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.hypervisor.VolumeStore;
import me.wingu.boma.harness.waiting.FileLock;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The checkpoints of one user: descriptions and small files in a directory of the user's alone, memory and disks as
 * volumes of the hypervisor's pool. A checkpoint is there from the moment that its directory has its name, and a volume
 * without one is rubbish. Several processes may share a store.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class CheckpointStore {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String USED = "used";
    private static final String PART = ".part-";
    private static final int ID_BYTES = 6;

    private final Path directory;
    private final Supplier<VolumeStore> volumes;
    private final Bounds bounds;
    private final Predicate<String> inUse;
    private final Consumer<String> said;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile Optional<StoreIdentity> identity = Optional.empty();

    /**
     * Creates a store; nothing is read or written yet.
     *
     * @param directory where the descriptions lie; it is made when it is needed
     * @param volumes where memory and disks lie
     * @param bounds how much it may hold
     * @param inUse tells whether a volume belongs to a guest that is there, and so must stay
     * @param said is told why a checkpoint was discarded
     */
    public CheckpointStore(
            Path directory,
            Supplier<VolumeStore> volumes,
            Bounds bounds,
            Predicate<String> inUse,
            Consumer<String> said) {
        this.directory = directory;
        this.volumes = volumes;
        this.bounds = bounds;
        this.inUse = inUse;
        this.said = said;
    }

    /**
     * A checkpoint that can be listed.
     *
     * @param checkpoint the checkpoint
     * @param usedAt when a run last went on from it, or it was saved
     */
    public record Entry(Checkpoint checkpoint, Instant usedAt) {}

    /** Returns the key for digests of secrets. */
    public byte[] secret() {
        return HexFormat.of().parseHex(identity().secret());
    }

    /**
     * Returns a new name for a volume of this store.
     *
     * @param start what the name begins with
     * @param end what it ends with, such as {@code .qcow2}
     */
    public String newVolume(String start, String end) {
        return start + "-" + identity().id() + "-" + StoreIdentity.random(ID_BYTES) + end;
    }

    private StoreIdentity identity() {
        if (identity.isEmpty()) {
            identity = Optional.of(locked(() -> StoreIdentity.of(directory.resolve("identity"))));
        }
        return identity.get();
    }

    /**
     * Finds the newest checkpoint of a stage that the inputs lead to, and whose volumes and files are as they were. What
     * is not is discarded.
     */
    public Optional<Checkpoint> find(Stage stage, Inputs inputs) {
        String key = Checkpoint.key(stage, inputs);
        List<Checkpoint> candidates = checkpoints().stream()
                .filter(c -> c.key().equals(key))
                .sorted(Comparator.comparing(Checkpoint::takenAt).reversed())
                .toList();
        for (Checkpoint candidate : candidates) {
            Optional<String> damage = damage(candidate);
            if (damage.isEmpty()) {
                return Optional.of(candidate);
            }
            discard(candidate, damage.get());
        }
        return Optional.empty();
    }

    /** Finds a checkpoint by its name in the store. */
    public Optional<Checkpoint> find(String id) {
        return checkpoints().stream().filter(c -> c.id().equals(id)).findFirst();
    }

    /** Returns what is wrong with a checkpoint, if anything. */
    public Optional<String> damage(Checkpoint checkpoint) {
        try {
            SavedFile.checkFiles(place(checkpoint.id()));
        } catch (SavedFile.Damaged e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return Optional.of("its files cannot be read");
        }
        List<Checkpoint.Volume> all = new ArrayList<>(checkpoint.disks());
        all.add(checkpoint.memory());
        return all.stream()
                .filter(volume -> !volumes.get().length(volume.name()).equals(OptionalLong.of(volume.bytes())))
                .map(volume -> "its volume " + volume.name() + " is missing, or not as long as it was")
                .findFirst();
    }

    /** Returns a new name for a checkpoint. */
    public String newId() {
        return StoreIdentity.random(ID_BYTES);
    }

    /**
     * Takes a checkpoint in; its volumes are there already. Makes room for it by discarding those that were unused for
     * longest, and an earlier one of the same stage and inputs.
     *
     * @param checkpoint the checkpoint
     * @param files small files to keep beside it, by name
     */
    public void add(Checkpoint checkpoint, Map<String, byte[]> files) {
        doLocked(() -> {
            sweepParts();
            Path part = StoreFiles.directory(directory.resolve(PART + checkpoint.id()));
            files.forEach((name, content) -> StoreFiles.write(part.resolve(name), content));
            StoreFiles.write(part.resolve(USED), new byte[0]);
            StoreFiles.write(part.resolve(SavedFile.NAME), SavedFile.describe(checkpoint, files));
            StoreFiles.rename(part, place(checkpoint.id())); // from here on it is there
            checkpoints().stream()
                    .filter(c -> c.key().equals(checkpoint.key()) && !c.id().equals(checkpoint.id()))
                    .forEach(this::removeNow);
            evict(Optional.of(checkpoint.id()));
        });
    }

    /**
     * Reads one of the small files that are kept beside a checkpoint.
     *
     * @throws HarnessException when it cannot be read
     */
    public byte[] file(Checkpoint checkpoint, String name) {
        return StoreFiles.bytes(place(checkpoint.id()).resolve(name));
    }

    /** Returns the names of the small files that are kept beside a checkpoint. */
    public List<String> files(Checkpoint checkpoint) {
        return StoreFiles.list(place(checkpoint.id())).stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> !name.equals(USED) && !name.equals(SavedFile.NAME))
                .toList();
    }

    /**
     * Writes small files that are kept beside a checkpoint into another directory, where they are the user's alone too.
     *
     * @param checkpoint the checkpoint
     * @param which tells of a file's name whether to write it
     * @param target the directory; it is made when it is not there, and files of these names are replaced
     * @throws HarnessException when a file cannot be read or written
     */
    public void unpack(Checkpoint checkpoint, Predicate<String> which, Path target) {
        StoreFiles.directory(target);
        files(checkpoint).stream()
                .filter(which)
                .forEach(name -> StoreFiles.write(target.resolve(name), file(checkpoint, name)));
    }

    /** Removes a checkpoint without a word. */
    public void remove(Checkpoint checkpoint) {
        doLocked(() -> removeNow(checkpoint));
    }

    /** Notes that a checkpoint is of use. */
    public void used(Checkpoint checkpoint) {
        try {
            Files.setLastModifiedTime(place(checkpoint.id()).resolve(USED), FileTime.from(Instant.now()));
        } catch (IOException e) {
            said.accept("The use of checkpoint " + checkpoint.id() + " could not be noted: " + e);
        }
    }

    /**
     * Removes a checkpoint, with a word.
     *
     * @param checkpoint the checkpoint
     * @param why why nobody should use it
     */
    public void discard(Checkpoint checkpoint, String why) {
        said.accept("discarded the checkpoint of " + checkpoint.subject() + " " + checkpoint.stage() + " ("
                + checkpoint.id() + "): " + why);
        remove(checkpoint);
    }

    /** Returns the checkpoints, the most recently used first; damaged descriptions are not among them. */
    public List<Entry> entries() {
        return checkpoints().stream()
                .map(c -> new Entry(c, usedAt(c)))
                .sorted(Comparator.comparing(Entry::usedAt).reversed())
                .toList();
    }

    /**
     * Removes what is damaged, too old or too much, and what was left of checkpoints that were never finished.
     *
     * @param everything whether to remove the rest as well
     * @return what was removed, one line each
     */
    public List<String> prune(boolean everything) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        return locked(() -> {
            List<String> gone = new ArrayList<>(sweepParts());
            for (Checkpoint checkpoint : checkpoints()) {
                Optional<String> why = everything ? Optional.of("asked for") : damage(checkpoint);
                if (why.isPresent()) {
                    removeNow(checkpoint);
                    gone.add("checkpoint of " + checkpoint.subject() + " " + checkpoint.stage() + ": " + why.get());
                }
            }
            gone.addAll(evict(Optional.empty()));
            return gone;
        });
    }

    /**
     * Returns what tells of a volume whether it must stay: a checkpoint needs it, or it belongs to another store, whose
     * needs nobody here knows.
     */
    public Predicate<String> needed() {
        Set<String> mine = neededVolumes();
        Optional<String> id = Files.isDirectory(directory) ? Optional.of(identity().id()) : Optional.empty();
        return volume -> isStores(volume)
                && (mine.contains(volume) || id.filter(i -> volume.contains("-" + i + "-")).isEmpty());
    }

    private static boolean isStores(String volume) {
        return volume.matches(".*-(disk|memory)-[0-9a-f]{8}-[0-9a-f]{12}(\\..*)?");
    }

    private Set<String> neededVolumes() {
        return checkpoints().stream()
                .flatMap(Checkpoint::ownVolumes)
                .map(Checkpoint.Volume::name)
                .collect(Collectors.toSet());
    }

    /** Discards by age and then by size; to be called under the lock. */
    private List<String> evict(Optional<String> except) {
        List<String> gone = new ArrayList<>();
        Instant oldest = Instant.now().minus(bounds.age());
        List<Entry> byUse = entries();
        Set<String> counted = new HashSet<>();
        long bytes = 0;
        for (Entry entry : byUse) {
            Checkpoint checkpoint = entry.checkpoint();
            bytes += checkpoint.ownVolumes()
                    .filter(volume -> counted.add(volume.name()))
                    .mapToLong(Checkpoint.Volume::bytes)
                    .sum();
            boolean old = entry.usedAt().isBefore(oldest);
            if ((old || bytes > bounds.bytes()) && !except.equals(Optional.of(checkpoint.id()))) {
                removeNow(checkpoint);
                String line = "checkpoint of " + checkpoint.subject() + " " + checkpoint.stage() + ": "
                        + (old ? "unused since " + entry.usedAt() : "more than the store may hold");
                gone.add(line);
            }
        }
        return gone;
    }

    /** Takes the description away first: a checkpoint whose volumes go is one no more. */
    private void removeNow(Checkpoint checkpoint) {
        Path place = place(checkpoint.id());
        if (Files.isDirectory(place)) {
            Path gone = directory.resolve(PART + checkpoint.id());
            StoreFiles.delete(gone);
            StoreFiles.rename(place, gone);
            StoreFiles.delete(gone);
        }
        Set<String> needed = neededVolumes();
        checkpoint.ownVolumes()
                .map(Checkpoint.Volume::name)
                .filter(name -> !needed.contains(name) && !inUse.test(name))
                .forEach(volumes.get()::delete);
    }

    private List<String> sweepParts() {
        List<Path> parts = StoreFiles.list(directory).stream()
                .filter(path -> path.getFileName().toString().startsWith(PART))
                .toList();
        parts.forEach(StoreFiles::delete);
        return parts.stream().map(path -> "the beginning of a checkpoint").toList();
    }

    private List<Checkpoint> checkpoints() {
        List<Checkpoint> all = new ArrayList<>();
        for (Path path : StoreFiles.list(directory)) {
            if (Files.isDirectory(path) && !path.getFileName().toString().startsWith(".")) {
                try {
                    all.add(SavedFile.read(path));
                } catch (SavedFile.Damaged e) {
                    discard(path, e);
                }
            }
        }
        return all;
    }

    /** Its volumes are nobody's now: whoever sweeps the pool takes them away. */
    private void discard(Path place, SavedFile.Damaged why) {
        doLocked(() -> {
            if (Files.isDirectory(place)) { // another process may just have removed it
                said.accept("discarded the checkpoint in " + place + ": " + why.getMessage());
                StoreFiles.delete(place);
            }
        });
    }

    private Instant usedAt(Checkpoint checkpoint) {
        try {
            return Files.getLastModifiedTime(place(checkpoint.id()).resolve(USED)).toInstant();
        } catch (IOException e) {
            return checkpoint.takenAt();
        }
    }

    private Path place(String id) {
        return directory.resolve(id);
    }

    private void doLocked(Runnable work) {
        locked(() -> {
            work.run();
            return "";
        });
    }

    /** Works while no other thread or process does; may be entered again inside. */
    private <T> T locked(Supplier<T> work) {
        if (turn.isHeldByCurrentThread()) {
            return work.get();
        }
        turn.lock();
        try {
            StoreFiles.directory(directory);
            return FileLock.whileHeld(directory.resolve(".lock"), PATIENCE, work);
        } finally {
            turn.unlock();
        }
    }
}
