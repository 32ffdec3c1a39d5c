package me.wingu.boma.harness.junit;

import static me.wingu.boma.harness.rehearsal.RebootKind.POWER_LOSS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import me.wingu.boma.harness.rehearsal.RebootKind;
import me.wingu.boma.harness.rehearsal.Rehearsal;
import me.wingu.boma.harness.rehearsal.Vm;
import me.wingu.boma.harness.state.drift.Drift;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** What the classes of a run, and runs one after the other, share. */
@Isolated("sets a system property")
class FastRunTest {

    @TempDir
    private Path scratch;

    private FakeLab lab;

    @BeforeEach
    void makeLab() {
        lab = new FakeLab(scratch);
    }

    @IntegrationVm(host = "demo")
    static class Ordinary {

        @Test
        void looks(Vm vm) {
            FakeLab.tell("boot " + vm.bootId());
        }
    }

    @IntegrationVm(host = "demo")
    static class Wrecking {

        @Test
        void wrecks(Rehearsal rehearsal) {
            rehearsal.reboot(RebootKind.CLEAN);
            FakeLab.tell("wrecked " + rehearsal.vm().bootId());
        }
    }

    @IntegrationVm(host = "demo")
    static class AfterBoth {

        @Test
        void before(Vm vm) {
            FakeLab.tell("before");
        }

        @AfterReboot
        void clean(Vm vm, Drift drift) {
            assertThat(drift).isNotNull();
            FakeLab.tell("clean");
        }

        @AfterReboot(POWER_LOSS)
        void loss(Vm vm) {
            FakeLab.tell("loss");
        }
    }

    @IntegrationVm(host = "demo")
    static class OnlyLoss {

        @AfterReboot(POWER_LOSS)
        void loss(Vm vm) {
            FakeLab.tell("loss alone");
        }
    }

    @IntegrationVm(host = "demo")
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class Picky {

        @Test
        void a(Rehearsal rehearsal) {
            FakeLab.tell("a " + rehearsal.vm().bootId());
            rehearsal.reboot(RebootKind.CLEAN);
        }

        @Test
        @Pristine
        void b(Vm vm) {
            FakeLab.tell("b " + vm.bootId());
        }

        @Test
        @Pristine
        void c(Vm vm) {
            FakeLab.tell("c " + vm.bootId());
        }
    }

    @IntegrationVm(host = "demo")
    static class SetUp {

        @BeforeAll
        static void setUp(Vm vm) {
            FakeLab.tell("set up");
        }

        @AfterReboot
        void after(Vm vm) {
            FakeLab.tell("after");
        }
    }

    private EngineExecutionResults fast(Class<?>... classes) {
        return run(List.of(classes), "boma.fast=true");
    }

    private EngineExecutionResults run(List<Class<?>> classes, String... parameters) {
        lab.story().clear();
        EngineExecutionResults results = lab.run(classes, parameters);
        results.testEvents().assertStatistics(s -> s.failed(0));
        return results;
    }

    @Test
    void should_apply_once_for_two_fast_runs() {
        fast(Ordinary.class);
        String boot = lab.story().get(2);
        assertThat(lab.story()).containsSubsequence("open", "apply").hasSize(3);

        fast(Ordinary.class);

        assertThat(lab.story()).containsExactly("open", boot);
    }

    @Test
    void should_apply_again_in_a_fresh_run() {
        fast(Ordinary.class);

        run(List.of(Ordinary.class), "boma.fresh=true");

        assertThat(lab.story()).contains("apply");
    }

    @Test
    void should_give_the_second_class_of_a_fresh_run_the_machine_as_the_first_found_it() {
        run(List.of(Wrecking.class, Ordinary.class), "boma.fresh=true");

        assertThat(lab.story()).containsOnlyOnce("apply");
        assertThat(lab.story().get(2)).startsWith("wrecked ");
        assertThat(lab.story().get(3).replace("boot ", "")).isNotEqualTo(lab.story().get(2).replace("wrecked ", ""));
    }

    @Test
    void should_begin_each_phase_of_a_fast_run_with_its_checkpoint() throws IOException {
        fast(AfterBoth.class);
        assertThat(lab.story()).containsExactly("open", "apply", "before", "clean", "loss");

        EngineExecutionResults again = fast(AfterBoth.class);

        assertThat(lab.story()).containsExactly("open", "before", "clean", "loss");
        assertThat(lab.record().get("reboots")).isEmpty();
        assertThat(lab.record().get("restoredFrom").findValuesAsString("stage"))
                .containsExactly("applied", "applied+clean", "applied+clean+power-loss");
        assertThat(again.allEvents().reportingEntryPublished().list().toString()).contains("boma.restored");
    }

    @Test
    void should_perform_no_reboot_that_its_tests_do_not_wait_for() throws IOException {
        fast(OnlyLoss.class);
        assertThat(lab.record().get("reboots").findValuesAsString("kind")).containsExactly("power-loss");

        fast(OnlyLoss.class);

        assertThat(lab.record().get("restoredFrom").findValuesAsString("stage"))
                .containsExactly("applied+power-loss");
        assertThat(lab.story()).containsExactly("open", "loss alone");
    }

    @Test
    void should_be_one_timeline_in_a_fresh_run() throws IOException {
        fast(AfterBoth.class);

        run(List.of(AfterBoth.class), "boma.fresh=true");

        assertThat(lab.record().get("reboots").findValuesAsString("kind")).containsExactly("clean", "power-loss");
        assertThat(lab.record().get("restoredFrom")).isEmpty();
    }

    @Test
    void should_be_one_timeline_where_a_class_is_set_up_as_a_whole() throws IOException {
        fast(AfterBoth.class);

        fast(SetUp.class);

        assertThat(lab.story()).containsExactly("open", "set up", "after");
        assertThat(lab.record().get("reboots").findValuesAsString("kind")).containsExactly("clean");
    }

    @Test
    void should_give_a_test_the_machine_as_it_was_before_the_first_one() {
        run(List.of(Picky.class), "boma.fresh=true");

        String first = lab.story().get(2).substring(2);
        assertThat(lab.story()).containsExactly("open", "apply", "a " + first, "b " + first, "c " + first);
    }

    @Test
    void should_refuse_to_be_both() {
        EngineExecutionResults results = lab.run(List.of(Ordinary.class), "boma.fast=true", "boma.fresh=true");

        results.containerEvents().assertStatistics(s -> s.failed(1));
    }
}
