package me.wingu.boma.harness.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import me.wingu.boma.harness.rehearsal.Vm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.testkit.engine.EngineExecutionResults;

@Isolated("sets a system property")
class SeveralHostsTest {

    private static final String[] PARALLEL = {
        "junit.jupiter.execution.parallel.enabled=true",
        "junit.jupiter.execution.parallel.mode.default=concurrent",
        "junit.jupiter.execution.parallel.config.strategy=fixed",
        "junit.jupiter.execution.parallel.config.fixed.parallelism=4"
    };

    @TempDir
    private Path scratch;

    private FakeLab lab;

    @BeforeEach
    void makeLab() {
        lab = new FakeLab(scratch).add("other");
    }

    @AfterEach
    void allowOneMachineAgain() {
        System.clearProperty("boma.maxvms");
    }

    /** Tells whether two classes are there at the same time: each waits for the other. */
    abstract static class Meeting {

        private static final CyclicBarrier TWO = new CyclicBarrier(2);
        private static int patienceSeconds;

        @Test
        void meets(Vm vm) throws Exception {
            try {
                TWO.await(patienceSeconds, TimeUnit.SECONDS);
                FakeLab.tell(vm.host() + " met another");
            } catch (TimeoutException e) {
                TWO.reset();
                FakeLab.tell(vm.host() + " was alone");
            }
        }
    }

    @IntegrationVm(host = "demo")
    static class Demo extends Meeting {}

    @IntegrationVm(host = "demo")
    static class DemoOnceMore extends Meeting {}

    @IntegrationVm(host = "other")
    static class Other extends Meeting {}

    /** Runs two of the classes, each of which waits so long for the other. */
    private EngineExecutionResults meet(int patienceSeconds, Class<?> one, Class<?> another) {
        Meeting.patienceSeconds = patienceSeconds;
        return lab.run(List.of(one, another), PARALLEL);
    }

    @Test
    void should_rehearse_several_hosts_at_the_same_time_where_several_machines_are_allowed() {
        System.setProperty("boma.maxvms", "2");

        EngineExecutionResults results = meet(30, Demo.class, Other.class);

        results.testEvents().assertStatistics(s -> s.succeeded(2).failed(0));
        assertThat(lab.story()).contains("demo met another", "other met another");
        assertThat(lab.hypervisor().domains()).isEmpty();
    }

    @Test
    void should_rehearse_one_host_after_the_other_otherwise() {
        EngineExecutionResults results = meet(1, Demo.class, Other.class);

        results.testEvents().assertStatistics(s -> s.succeeded(2).failed(0));
        assertThat(lab.story()).contains("demo was alone", "other was alone");
    }

    @Test
    void should_never_rehearse_one_host_twice_at_the_same_time() {
        System.setProperty("boma.maxvms", "2");

        EngineExecutionResults results = meet(1, Demo.class, DemoOnceMore.class);

        results.testEvents().assertStatistics(s -> s.succeeded(2).failed(0));
        assertThat(lab.story()).filteredOn(line -> line.equals("demo was alone")).hasSize(2);
    }
}
