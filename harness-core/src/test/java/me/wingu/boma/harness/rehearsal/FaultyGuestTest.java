package me.wingu.boma.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.diagnostics.RunRecord;
import me.wingu.boma.harness.fault.Fault;
import me.wingu.boma.harness.profile.DemoProject;
import me.wingu.boma.harness.profile.RehearsalPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the faults of a machine ask of its domain. */
class FaultyGuestTest {

    @TempDir
    private Path scratch;

    private Lab lab;
    private Rehearsal rehearsal;
    private FakeDomain domain;

    @BeforeEach
    void up() {
        DemoProject project = new DemoProject(scratch);
        FakeHypervisor hypervisor = new FakeHypervisor();
        Path image = project.write("image.qcow2", "an image");
        lab = new Lab(
                Demo.settings(scratch),
                new LabParts(
                        hypervisor,
                        (name, progress) -> new ImageSource.Image(name, image, "0".repeat(128)),
                        hypervisor::connect,
                        new FakeSite(() -> {}),
                        text -> text,
                        Set.of()),
                Progress.SILENT);
        rehearsal = lab.begin(RehearsalPlan.of(project.host(), Optional.empty(), Optional.empty(), false));
        rehearsal.up();
        domain = (FakeDomain) rehearsal.machine().domain();
    }

    @AfterEach
    void down() {
        rehearsal.down();
        rehearsal.close();
        lab.close();
    }

    @Test
    void should_pull_the_cable_and_wait_for_the_guest_when_it_is_back() {
        Fault fault = rehearsal.faults().linkDown();

        assertThat(domain.isReachable()).isFalse();
        assertThat(rehearsal.machine().shell().tryConnect()).contains("No route to host");

        fault.close();

        assertThat(domain.isReachable()).isTrue();
        assertThat(rehearsal.machine().bootId()).isEqualTo(domain.bootId());
        assertThat(rehearsal.directory().record().steps())
                .extracting(RunRecord.Step::name, RunRecord.Step::detail)
                .endsWith(tuple("fault", "link down"), tuple("undo", "link down"));
    }

    @Test
    void should_give_the_guest_a_share_of_a_processor_over_a_reboot_until_it_ends() {
        Fault fault = rehearsal.faults().slow(30);
        assertThat(domain.processorShare()).isEqualTo(30);

        rehearsal.reboot(RebootKind.CLEAN);
        assertThat(domain.processorShare()).isEqualTo(30);

        fault.close();
        assertThat(domain.processorShare()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 100})
    void should_refuse_a_share_that_slows_nothing_or_stops_everything(int percent) {
        assertThatThrownBy(() -> rehearsal.faults().slow(percent))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("cannot be slowed down to " + percent + " % of a processor")
                .hasMessageContaining("give 5 to 99");

        assertThat(domain.processorShare()).isEqualTo(100);
        assertThat(rehearsal.faults().inForce()).isEmpty();
    }

    @Test
    void should_take_everything_back_when_the_guest_is_left() {
        rehearsal.faults().linkDown();
        rehearsal.faults().slow(50);

        rehearsal.leave();

        assertThat(domain.isReachable()).isTrue();
        assertThat(domain.processorShare()).isEqualTo(100);
    }
}
