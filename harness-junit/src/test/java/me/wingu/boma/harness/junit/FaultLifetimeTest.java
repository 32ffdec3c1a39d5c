package me.wingu.boma.harness.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import me.wingu.boma.harness.fault.Fault;
import me.wingu.boma.harness.rehearsal.Vm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;

/** How long a fault lasts that a test leaves behind. */
@Isolated("sets a system property")
class FaultLifetimeTest {

    @TempDir
    private Path scratch;

    private FakeLab lab;

    @BeforeEach
    void makeLab() {
        lab = new FakeLab(scratch);
    }

    @IntegrationVm(host = "demo")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class LeavesFaults {

        @BeforeAll
        static void forTheClass(Vm vm) {
            vm.faults().noNames();
        }

        @BeforeEach
        void forEachTest(Vm vm) {
            vm.faults().unreachable("192.0.2.7");
        }

        @Test
        @Order(1)
        void fails(Vm vm) {
            vm.faults().noEgress();
            FakeLab.tell(vm.faults().inForce().toString());
            fail("on purpose");
        }

        @Test
        @Order(2)
        void seesWhatIsLeft(Vm vm) {
            FakeLab.tell(vm.faults().inForce().toString());
        }
    }

    @Test
    void should_end_with_the_test_or_the_class_that_planted_it() throws IOException {
        lab.run(LeavesFaults.class, "boma.keep=always").testEvents().assertStatistics(s -> s.succeeded(1).failed(1));

        assertThat(lab.story())
                .containsExactly(
                        "open", "apply", "[no names, unreachable: 192.0.2.7, no egress]", "[no names, unreachable: 192.0.2.7]");
        assertThat(lab.hypervisor().wall().egress()).isTrue();
        assertThat(lab.hypervisor().wall().names()).isTrue();
        assertThat(lab.hypervisor().wall().neverReach()).isEmpty();
        assertThat(timeline())
                .containsExactly(
                        "fault no names",
                        "fault unreachable: 192.0.2.7",
                        "fault no egress",
                        "undo no egress",
                        "undo unreachable: 192.0.2.7",
                        "fault unreachable: 192.0.2.7",
                        "undo unreachable: 192.0.2.7",
                        "undo no names");
    }

    private List<String> timeline() throws IOException {
        return lab.record().get("steps").values().stream()
                .filter(step -> List.of("fault", "undo").contains(text(step, "name")))
                .map(step -> text(step, "name") + " " + text(step, "detail"))
                .toList();
    }

    private static String text(JsonNode step, String field) {
        return step.get(field).asString();
    }

    @IntegrationVm(host = "demo")
    static class Overlaps {

        @Test
        void closesTheOlderFirst(Vm vm) {
            Fault cut = vm.faults().noEgress();
            Fault dumb = vm.faults().noNames();
            cut.close();
            cut.close();
            FakeLab.tell(vm.faults().inForce().toString());
            dumb.close();
            FakeLab.tell(vm.faults().inForce().toString());
        }
    }

    @Test
    void should_leave_the_others_in_force_when_one_ends() throws IOException {
        lab.run(Overlaps.class).testEvents().assertStatistics(s -> s.succeeded(1));

        assertThat(lab.story()).containsExactly("open", "apply", "[no names]", "[]");
        assertThat(timeline()).hasSize(4);
    }
}
