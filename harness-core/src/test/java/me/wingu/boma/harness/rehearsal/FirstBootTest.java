package me.wingu.boma.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import me.wingu.boma.harness.diagnostics.RunRecord;
import me.wingu.boma.harness.profile.DemoProject;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.rehearsal.FakeHypervisor.Fault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.io.TempDir;

class FirstBootTest {

    private final FakeHypervisor hypervisor = new FakeHypervisor();

    @TempDir
    private Path scratch;

    private DemoProject project;

    @BeforeEach
    void makeProject() {
        project = new DemoProject(scratch);
        project.write("image.qcow2", "an image");
    }

    private Rehearsal begin() {
        return new Lab(
                        Demo.settings(scratch),
                        new LabParts(
                                hypervisor,
                                (name, progress) -> new ImageSource.Image(
                                        name, project.path("image.qcow2"), "0".repeat(128)),
                                hypervisor::connect,
                                new FakeSite(() -> {}),
                                text -> text,
                                Set.of()),
                        Progress.SILENT)
                .begin(RehearsalPlan.of(project.host(), Optional.empty(), Optional.empty(), false));
    }

    @ParameterizedTest
    @CsvSource({
        "PANICS_IN_THE_FIRST_GUEST, Kernel panic - not syncing",
        "HANGS_IN_THE_FIRST_GUEST, rcu_preempt kthread starved for 5251 jiffies"
    })
    void should_make_the_guest_once_more_when_emulation_broke_its_first_boot(Fault fault, String word) {
        hypervisor.with(fault).emulated();
        Rehearsal rehearsal = begin();

        rehearsal.up();

        assertThat(hypervisor.defined()).hasSize(2);
        assertThat(hypervisor.domains()).hasSize(1);
        assertThat(rehearsal.directory().record().steps())
                .extracting(RunRecord.Step::name, RunRecord.Step::status)
                .contains(tuple("up", "failed"), tuple("up", "passed"));
        assertThat(rehearsal.directory().path().resolve("console-first-boot.log")).content().contains(word);
        assertThat(rehearsal.directory().path().resolve("failure-of-first-boot.txt")).content().contains("Waiting for");
        rehearsal.down();
    }

    /** Two guests of one host, one after the other, while another host keeps their network: each has an identity of its own. */
    @Test
    void should_follow_the_lease_to_the_address_of_this_guest() {
        hypervisor.with(Fault.LEASE_OF_AN_EARLIER_GUEST);
        Rehearsal rehearsal = begin();

        rehearsal.up();

        assertThat(rehearsal.machine().shell().endpoint().address()).isEqualTo("198.51.100.150");
        rehearsal.down();
    }

    @Test
    void should_leave_no_guest_that_could_not_be_started() {
        hypervisor.with(Fault.NETWORK_LACKS_A_VANTAGE);
        Rehearsal rehearsal = begin();

        assertThatThrownBy(rehearsal::up).hasMessageContaining("Preparing the network failed.");

        assertThat(rehearsal.hasGuest()).isFalse();
        assertThat(hypervisor.domains()).isEmpty();
    }

    @Test
    void should_tell_of_a_panic_at_once_where_nothing_is_emulated() {
        hypervisor.with(Fault.PANICS_IN_THE_FIRST_GUEST);
        Rehearsal rehearsal = begin();

        assertThatThrownBy(rehearsal::up)
                .hasMessageContaining("Waiting for the guest's SSH of boma-it-demo failed: the console says")
                .hasMessageContaining("\"Kernel panic - not syncing: Fatal exception in interrupt\"");
        assertThat(hypervisor.defined()).hasSize(1);
        rehearsal.down();
    }
}
