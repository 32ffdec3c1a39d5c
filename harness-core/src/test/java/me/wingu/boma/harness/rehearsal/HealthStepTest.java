package me.wingu.boma.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import me.wingu.boma.harness.profile.DemoProject;
import me.wingu.boma.harness.rehearsal.FakeHypervisor.Fault;
import me.wingu.boma.harness.rehearsal.VmNote.Hold;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthStepTest {

    private final FakeHypervisor hypervisor = new FakeHypervisor().with(Fault.CONTAINER_IS_STARTING);

    @TempDir
    private Path scratch;

    private DemoProject project;
    private FakeDomain domain;

    @BeforeEach
    void start() {
        project = new DemoProject(scratch);
        domain = hypervisor.add("boma-it-demo", Optional.of(note().toJson()));
        domain.start();
    }

    @Test
    void should_wait_until_the_health_of_containers_is_known() {
        settle(new Timing(withKvm -> withKvm));

        assertThat(domain.questionsForContainers()).isEqualTo(2);
    }

    @Test
    void should_go_on_without_a_container_that_does_not_settle() {
        settle(new Timing(withKvm -> Duration.ofMillis(500)));

        assertThat(domain.questionsForContainers()).isEqualTo(1);
    }

    private void settle(Timing timing) {
        new HealthStep(project.host(), timing)
                .settle(new GuestMachine(domain, hypervisor.volumes(), note(), timing, hypervisor::connect));
    }

    private static VmNote note() {
        return Demo.note("demo", Hold.NONE, Optional.of(Owner.self()));
    }
}
