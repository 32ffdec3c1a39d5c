package me.wingu.boma.harness.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.OtherJvm;
import me.wingu.boma.harness.diagnostics.Reboot;
import me.wingu.boma.harness.hypervisor.FakeVolumes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {

    private static final Inputs INPUTS = Inputs.none().with("golden image", "debian-13");
    private static final Bounds AMPLE = new Bounds(1000, Duration.ofDays(7));

    @TempDir
    private Path scratch;

    private final FakeVolumes pool = new FakeVolumes();
    private final List<String> said = new ArrayList<>();
    private Path directory;
    private CheckpointStore store;

    @BeforeEach
    void makeStore() {
        directory = scratch.resolve("checkpoints");
        pool.create("golden", 100);
        store = store(AMPLE);
    }

    private CheckpointStore store(Bounds bounds) {
        return new CheckpointStore(directory, () -> pool, bounds, volume -> volume.contains("-living-"), said::add);
    }

    /** Takes in a checkpoint with memory of the given length on top of other disks. */
    private static Checkpoint add(CheckpointStore store, FakeVolumes pool, Stage stage, Inputs inputs, String... below) {
        Checkpoint.Volume memory = new Checkpoint.Volume(store.newVolume("boma-it-demo-memory", ".save"), 50);
        List<Checkpoint.Volume> disks = Stream.concat(
                        Stream.concat(Stream.of(store.newVolume("boma-it-demo-disk", ".qcow2")), Stream.of(below))
                                .map(name -> new Checkpoint.Volume(name, 10)),
                        Stream.of(new Checkpoint.Volume("golden", 100)))
                .toList();
        pool.create(memory.name(), 50);
        disks.stream().filter(disk -> disk.bytes() == 10).forEach(disk -> pool.create(disk.name(), 10));
        Checkpoint checkpoint = new Checkpoint(
                store.newId(),
                new Checkpoint.Subject("demo", "internal", Optional.empty()),
                stage,
                inputs,
                Instant.now(),
                "runs/1",
                new Checkpoint.Guest(UUID.randomUUID(), "198.51.100.7", "ansible", "ssh-ed25519 AAAA", "boot-1"),
                memory,
                disks,
                List.of(new Reboot("clean", "boot-0", "boot-1", 1000, List.of("console: restarting"), Optional.empty())));
        store.add(checkpoint, Map.of("id_ed25519", "secret".getBytes(UTF_8)));
        return checkpoint;
    }

    private Checkpoint add(Stage stage, String... below) {
        return add(store, pool, stage, INPUTS, below);
    }

    @Test
    void should_find_what_was_taken_in() {
        Checkpoint saved = add(Stage.APPLIED);

        assertThat(store.find(Stage.APPLIED, INPUTS)).contains(saved);
        assertThat(store(AMPLE).find(Stage.APPLIED, INPUTS)).as("another process").contains(saved);
        assertThat(store.file(saved, "id_ed25519")).asString(UTF_8).isEqualTo("secret");
        assertThat(said).isEmpty();
    }

    @Test
    void should_not_find_another_stage_nor_other_inputs() {
        add(Stage.APPLIED);

        assertThat(store.find(Stage.UP, INPUTS)).isEmpty();
        assertThat(store.find(Stage.APPLIED.after("clean"), INPUTS)).isEmpty();
        assertThat(store.find(Stage.APPLIED, INPUTS.with("overlay.yml", "changed"))).isEmpty();
    }

    @Test
    void should_keep_everything_from_other_users() throws IOException {
        Checkpoint saved = add(Stage.APPLIED);

        try (Stream<Path> tree = Files.walk(directory)) {
            assertThat(tree).isNotEmpty().allSatisfy(path -> assertThat(mode(path)).endsWith("------"));
        }
        assertThat(directory.resolve(saved.id())).isDirectory();
    }

    @Test
    void should_unpack_what_is_asked_for_into_a_directory_of_the_users_alone() throws IOException {
        Checkpoint saved = add(Stage.APPLIED);
        Path keys = Files.createDirectories(scratch.resolve("ssh")).resolve("boma-it-demo");

        store.unpack(saved, name -> name.startsWith("id_"), keys);
        Files.writeString(keys.resolve("id_ed25519"), "another guest's");
        store.unpack(saved, name -> name.startsWith("id_"), keys);

        assertThat(keys.resolve("id_ed25519")).hasContent("secret");
        assertThat(keys).isDirectoryNotContaining(file -> !file.endsWith("id_ed25519"));
        assertThat(mode(keys)).isEqualTo("rwx------");
        assertThat(mode(keys.resolve("id_ed25519"))).isEqualTo("rw-------");
    }

    @Test
    void should_tell_which_file_could_not_be_written() throws IOException {
        Checkpoint saved = add(Stage.APPLIED);
        Path taken = Files.createFile(scratch.resolve("taken"));

        assertThatThrownBy(() -> store.unpack(saved, name -> true, taken))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("Making " + taken + " failed.")
                .hasMessageContaining("BOMA_CHECKPOINTS");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void should_replace_an_earlier_one_of_the_same_inputs() {
        Checkpoint earlier = add(Stage.APPLIED);
        Checkpoint later = add(Stage.APPLIED);

        assertThat(store.find(Stage.APPLIED, INPUTS)).contains(later);
        assertThat(pool.names()).doesNotContain(earlier.memory().name());
    }

    @Test
    void should_discard_with_a_word_one_whose_memory_is_shorter() {
        Checkpoint saved = add(Stage.APPLIED);
        pool.create(saved.memory().name(), 49);

        assertThat(store.find(Stage.APPLIED, INPUTS)).isEmpty();
        assertThat(said).singleElement().asString().contains("demo after apply").contains("not as long as it was");
        assertThat(store.entries()).isEmpty();
        assertThat(pool.names()).containsExactly("golden");
    }

    @Test
    void should_discard_with_a_word_one_whose_golden_image_is_gone() {
        add(Stage.APPLIED);
        pool.delete("golden");

        assertThat(store.find(Stage.APPLIED, INPUTS)).isEmpty();
        assertThat(said).singleElement().asString().contains("golden");
    }

    @Test
    void should_discard_with_a_word_one_that_was_changed_by_hand() throws IOException {
        Path description = directory.resolve(add(Stage.APPLIED).id()).resolve("checkpoint.json");
        Files.writeString(description, Files.readString(description).replace("198.51.100.7", "198.51.100.8"));

        assertThat(store.find(Stage.APPLIED, INPUTS)).isEmpty();
        assertThat(said).singleElement().asString().contains("its description was changed");
    }

    @Test
    void should_discard_with_a_word_one_that_cannot_be_read() throws IOException {
        Files.writeString(directory.resolve(add(Stage.APPLIED).id()).resolve("checkpoint.json"), "{ \"schema\": 1");

        assertThat(store.find(Stage.APPLIED, INPUTS)).isEmpty();
        assertThat(said).singleElement().asString().contains("cannot be read");
    }

    @Test
    void should_discard_with_a_word_one_whose_key_was_changed() throws IOException {
        Files.writeString(directory.resolve(add(Stage.APPLIED).id()).resolve("id_ed25519"), "mine");

        assertThat(store.find(Stage.APPLIED, INPUTS)).isEmpty();
        assertThat(said).singleElement().asString().contains("id_ed25519");
    }

    @Test
    void should_discard_with_a_word_one_that_was_copied_to_another_place() throws IOException {
        Path place = directory.resolve(add(Stage.APPLIED).id());
        Files.move(place, directory.resolve("0123456789ab"));

        assertThat(store.find(Stage.APPLIED, INPUTS)).isEmpty();
        assertThat(said).singleElement().asString().contains("another one's place");
    }

    @Test
    void should_let_the_least_recently_used_go_first() {
        store = store(new Bounds(130, Duration.ofDays(7)));
        Checkpoint first = add(store, pool, Stage.UP, INPUTS);
        Checkpoint second = add(store, pool, Stage.UP, INPUTS.with("host", "other"));
        age(first, Duration.ofHours(1));
        age(second, Duration.ofHours(2));

        Checkpoint third = add(store, pool, Stage.APPLIED, INPUTS);

        assertThat(store.entries()).extracting(CheckpointStore.Entry::checkpoint).containsExactly(third, first);
        assertThat(pool.names()).doesNotContain(second.memory().name(), second.disks().get(0).name());
    }

    @Test
    void should_let_go_what_was_unused_for_too_long() {
        Checkpoint old = add(Stage.UP);
        age(old, Duration.ofDays(8));

        assertThat(store.prune(false)).singleElement().asString().contains("demo after up").contains("unused since");
        assertThat(store.entries()).isEmpty();
    }

    @Test
    void should_keep_what_is_used() {
        Checkpoint old = add(Stage.UP);
        age(old, Duration.ofDays(8));

        store.used(old);

        assertThat(store.prune(false)).isEmpty();
        assertThat(store.find(Stage.UP, INPUTS)).contains(old);
    }

    @Test
    void should_keep_a_disk_that_a_later_checkpoint_rests_on() {
        Checkpoint up = add(Stage.UP);
        Checkpoint applied = add(Stage.APPLIED, up.disks().get(0).name());

        store.discard(up, "for a test");

        assertThat(pool.names()).contains(up.disks().get(0).name()).doesNotContain(up.memory().name());
        assertThat(store.find(Stage.APPLIED, INPUTS)).contains(applied);

        store.discard(applied, "for a test");

        assertThat(pool.names()).containsExactly("golden");
    }

    @Test
    void should_keep_a_disk_that_a_living_guest_rests_on() {
        String disk = store.newVolume("boma-it-living-disk", ".qcow2");
        Checkpoint saved = add(Stage.APPLIED, disk);

        store.discard(saved, "for a test");

        assertThat(pool.names()).contains(disk);
    }

    @Test
    void should_need_its_own_volumes_and_whatever_another_store_has() {
        Checkpoint saved = add(Stage.APPLIED);
        String stray = store.newVolume("boma-it-demo-memory", ".save");
        String foreign = "boma-it-demo-memory-fedcba98-0123456789ab.save";

        assertThat(store.needed()).accepts(saved.memory().name(), saved.disks().get(0).name(), foreign);
        assertThat(store.needed()).rejects(stray, "boma-it-demo-console.log", "boma-it-demo-seed.iso");
    }

    @Test
    void should_write_nothing_only_to_tell_what_is_needed() {
        assertThat(store.needed()).accepts("boma-it-demo-memory-fedcba98-0123456789ab.save");
        assertThat(store.prune(true)).isEmpty();
        assertThat(directory).doesNotExist();
    }

    @Test
    void should_sweep_what_was_never_finished() throws IOException {
        Checkpoint saved = add(Stage.APPLIED);
        Files.createDirectories(directory.resolve(".part-0123456789ab"));
        Files.writeString(directory.resolve(".part-0123456789ab/id_ed25519"), "secret");

        assertThat(store.find(Stage.APPLIED, INPUTS)).contains(saved);
        assertThat(store.prune(false)).containsExactly("the beginning of a checkpoint");
        assertThat(directory.resolve(".part-0123456789ab")).doesNotExist();
    }

    @Test
    void should_remove_everything_when_asked_to() {
        Checkpoint up = add(Stage.UP);
        add(Stage.APPLIED, up.disks().get(0).name());

        assertThat(store.prune(true)).hasSize(2);
        assertThat(pool.names()).containsExactly("golden");
    }

    private void age(Checkpoint checkpoint, Duration age) {
        try {
            Files.setLastModifiedTime(
                    directory.resolve(checkpoint.id()).resolve("used"), FileTime.from(Instant.now().minus(age)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Timeout(120)
    void should_be_whole_whenever_another_process_that_writes_is_killed() throws Exception {
        for (int i = 0; i < 4; i++) {
            try (OtherJvm writer = writer()) {
                awaitSaved(writer, 3 + i);
                writer.kill();
            }
            assertThat(store.entries()).as("what is there can be read").isNotEmpty();
            store.prune(true);
            assertThat(said).isEmpty();
            assertThat(store.entries()).isEmpty();
        }
    }

    @Test
    @Timeout(120)
    void should_be_shared_by_two_processes() throws Exception {
        try (OtherJvm one = writer(); OtherJvm other = writer()) {
            awaitSaved(one, 10);
            awaitSaved(other, 10);
            for (int i = 0; i < 20; i++) {
                assertThat(store.entries()).isNotEmpty();
                add(Stage.APPLIED);
                assertThat(store.find(Stage.APPLIED, INPUTS)).isPresent();
            }
            one.kill();
            other.kill();
        }
        assertThat(said).isEmpty();
    }

    private OtherJvm writer() throws IOException {
        return OtherJvm.start(Writer.class, OtherJvm.QUICK, directory.toString());
    }

    private static void awaitSaved(OtherJvm writer, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            assertThat(writer.line()).contains("saved");
        }
    }

    /** Another process, which takes in one checkpoint after the other. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] args) {
            FakeVolumes pool = new FakeVolumes();
            CheckpointStore store = new CheckpointStore(
                    Path.of(args[0]), () -> pool, new Bounds(1_000_000, Duration.ofDays(7)), v -> false, line -> {});
            for (int i = 0; i < 10_000; i++) {
                add(store, pool, Stage.UP, Inputs.none().with("writer", ProcessHandle.current().pid() + " " + i % 5));
                System.out.println("saved");
            }
        }
    }
}
