package me.wingu.boma.harness.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import me.wingu.boma.harness.rehearsal.RebootKind;
import me.wingu.boma.harness.rehearsal.Rehearsal;
import me.wingu.boma.harness.rehearsal.Vm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** What a test that leaves no trace leaves: the machine that it found, whatever became of the test. */
@Isolated("sets a system property")
class RevertedTest {

    private FakeLab lab;

    @BeforeEach
    void lab(@TempDir Path directory) {
        lab = new FakeLab(directory);
    }

    @IntegrationVm(host = "demo")
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class Careful {

        @Test
        void a(Rehearsal rehearsal) {
            rehearsal.reboot(RebootKind.CLEAN);
            FakeLab.tell("a " + rehearsal.vm().bootId());
        }

        @Test
        @Reverted
        void b(Rehearsal rehearsal) {
            FakeLab.tell("b " + rehearsal.vm().bootId());
            rehearsal.reboot(RebootKind.CLEAN);
        }

        @Test
        @Reverted
        void c(Rehearsal rehearsal) {
            FakeLab.tell("c " + rehearsal.vm().bootId());
            rehearsal.reboot(RebootKind.CLEAN);
            fail("as it happens");
        }

        @Test
        void d(Vm vm) {
            FakeLab.tell("d " + vm.bootId());
        }

        @Test
        @Pristine
        void e(Vm vm) {
            FakeLab.tell("e " + vm.bootId());
        }

        @AfterReboot
        void f(Vm vm) {}
    }

    @Test
    void should_give_the_next_test_the_machine_that_this_one_found() {
        EngineExecutionResults results = lab.run(List.of(Careful.class));

        results.testEvents().assertStatistics(s -> s.succeeded(5).failed(1));
        String found = lab.story().get(2).substring(2);
        assertThat(lab.story().subList(2, 6)).containsExactly("a " + found, "b " + found, "c " + found, "d " + found);
        assertThat(lab.story().get(6)).startsWith("e ").isNotEqualTo("e " + found);
    }

    @Test
    void should_save_a_machine_that_nobody_was_given_since_only_once() throws IOException {
        lab.run(List.of(Careful.class));

        assertThat(lab.record().get("steps").findValuesAsString("name"))
                .filteredOn(step -> List.of("save", "restore").contains(step))
                .as("after up and apply, before b; after b, after c, before e")
                .containsExactly("save", "save", "save", "restore", "restore", "restore");
    }

    @IntegrationVm(host = "demo")
    static class Mixed {

        @Test
        void plain(Vm vm) {
            FakeLab.tell("plain " + vm.bootId());
        }

        @Test
        @Reverted
        void first(Vm vm) {
            FakeLab.tell("reverted " + vm.bootId());
        }

        @Test
        void other(Vm vm) {
            FakeLab.tell("plain " + vm.bootId());
        }

        @Test
        @Reverted
        void second(Vm vm) {
            FakeLab.tell("reverted " + vm.bootId());
        }

        @Test
        @Last
        void last(Vm vm) {
            FakeLab.tell("last " + vm.bootId());
        }
    }

    @Test
    void should_run_one_after_another_so_that_the_machine_is_saved_once() throws IOException {
        lab.run(List.of(Mixed.class));

        assertThat(lab.story()).extracting(line -> line.split(" ", 2)[0])
                .containsSubsequence("plain", "plain", "reverted", "reverted", "last");
        assertThat(lab.record().get("steps").findValuesAsString("name"))
                .filteredOn("save"::equals)
                .as("after up and apply, before the first that is reverted")
                .hasSize(3);
    }

    @Test
    void should_revert_a_machine_that_another_command_left() {
        lab.leaveMachine();

        lab.run(List.of(Careful.class), "boma.attach=true");

        String found = lab.story().get(2).substring(2);
        assertThat(lab.story()).contains("b " + found, "c " + found, "d " + found);
    }
}
