package me.wingu.boma.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import me.wingu.boma.harness.rehearsal.VmNote.Hold;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweeperTest {

    private final FakeHypervisor hypervisor = new FakeHypervisor();

    @TempDir
    private Path keys;

    private Sweeper sweeper;

    @BeforeEach
    void someGuests() throws IOException {
        sweeper = new Sweeper(hypervisor, keys, () -> volume -> volume.contains("-00000001-"));
        guest("orphan", Hold.NONE, Optional.of(Demo.DEAD));
        guest("busy", Hold.NONE, Optional.of(Owner.self()));
        guest("kept", Hold.KEPT, Optional.empty());
        hypervisor.volumes().create("boma-it-image-debian-13-0123456789abcdef.qcow2", 0);
        hypervisor.volumes().create("boma-it-gone-console.log.0", 0);
        hypervisor.volumes().create("database.qcow2", 0);
        hypervisor.add("database", Optional.empty());
    }

    @Test
    void should_remove_orphans_with_all_that_is_theirs() {
        assertThat(sweeper.removeOrphans())
                .containsExactlyInAnyOrder(
                        "domain boma-it-orphan",
                        "volume boma-it-orphan" + FakeHypervisor.DISK,
                        "volume boma-it-orphan-console.log.1",
                        "volume boma-it-gone-console.log.0",
                        "keys of boma-it-orphan");
        assertThat(hypervisor.find("boma-it-busy")).isPresent();
        assertThat(hypervisor.find("boma-it-kept")).isPresent();
        assertThat(keys.resolve("boma-it-kept/id_ed25519")).exists();
    }

    @Test
    void should_leave_networks_to_the_guest_that_starts_after_the_orphans_went() {
        sweeper.removeOrphans();
        assertThat(hypervisor.sweepsOfNetworks()).isZero();

        sweeper.removeAll();
        assertThat(hypervisor.sweepsOfNetworks()).isOne();
    }

    @Test
    void should_remove_everything_but_the_guest_that_is_worked_on() {
        assertThat(sweeper.removeAll()).contains("domain boma-it-orphan", "domain boma-it-kept");

        assertThat(hypervisor.domains()).hasToString("[boma-it-busy]");
        assertThat(hypervisor.volumes().names())
                .containsExactlyInAnyOrder(
                        "boma-it-busy" + FakeHypervisor.DISK,
                        "boma-it-busy-console.log.1",
                        "boma-it-image-debian-13-0123456789abcdef.qcow2",
                        "database.qcow2");
    }

    @Test
    void should_never_touch_what_does_not_carry_the_prefix() {
        sweeper.removeAll();

        assertThat(hypervisor.find("database")).isPresent();
        assertThat(hypervisor.volumes().names()).contains("database.qcow2");
    }

    @Test
    void should_remove_one_guest_and_leave_the_others() {
        sweeper.remove(hypervisor.find("boma-it-kept").orElseThrow());

        assertThat(hypervisor.find("boma-it-kept")).isEmpty();
        assertThat(keys.resolve("boma-it-kept")).doesNotExist();
        assertThat(keys.resolve("boma-it-busy")).exists();
        assertThat(hypervisor.volumes().names()).contains("boma-it-busy" + FakeHypervisor.DISK).noneMatch(v -> v.contains("kept"));
    }

    @Test
    void should_not_take_the_volumes_of_a_host_with_a_longer_name() throws IOException {
        guest("kept-2", Hold.KEPT, Optional.empty());

        sweeper.remove(hypervisor.find("boma-it-kept").orElseThrow());

        assertThat(hypervisor.volumes().names()).contains("boma-it-kept-2" + FakeHypervisor.DISK, "boma-it-kept-2-console.log.1");
    }

    @Test
    void should_find_nothing_to_do_a_second_time() {
        sweeper.removeAll();

        assertThat(sweeper.removeAll()).isEmpty();
    }

    private void guest(String host, Hold hold, Optional<Owner> owner) throws IOException {
        String name = "boma-it-" + host;
        hypervisor.add(name, Optional.of(Demo.note(host, hold, owner).toJson()));
        hypervisor.volumes().create(name + FakeHypervisor.DISK, 0);
        hypervisor.volumes().create(name + "-console.log.1", 0); // rotated away
        Files.createDirectories(keys.resolve(name));
        Files.writeString(keys.resolve(name).resolve("id_ed25519"), "secret");
    }
}
