package me.wingu.boma.harness.junit;

import static me.wingu.boma.harness.rehearsal.RebootKind.POWER_LOSS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.rehearsal.FakeHypervisor.Fault;
import me.wingu.boma.harness.rehearsal.Lab;
import me.wingu.boma.harness.rehearsal.RebootKind;
import me.wingu.boma.harness.rehearsal.Rehearsal;
import me.wingu.boma.harness.rehearsal.Vm;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.drift.Drift;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.Events;

@Isolated("sets a system property")
class IntegrationVmExtensionTest {

    @TempDir
    private Path scratch;

    private FakeLab lab;

    @BeforeEach
    void makeLab() throws IOException {
        lab = new FakeLab(scratch);
    }

    @IntegrationVm(host = "demo")
    static class Whole {

        @AfterReboot(POWER_LOSS)
        void a(Vm vm) {
            FakeLab.tell("after power loss");
        }

        @AfterReboot
        void b(Vm vm) {
            FakeLab.tell("after reboot");
        }

        @Test
        @Last
        void bLast(Vm vm) {
            FakeLab.tell("before, but last");
        }

        @Test
        void c(Vm vm, Rehearsal rehearsal) {
            assertThat(vm.host()).isEqualTo("demo");
            assertThat(vm.address()).isEqualTo("198.51.100.150");
            assertThat(rehearsal.plan().profile().host()).isEqualTo("demo");
            FakeLab.tell("before");
        }

        @Nested
        class Inner {

            @AfterReboot
            void d(Vm vm) {
                FakeLab.tell("nested");
            }
        }
    }

    @Test
    void should_provision_once_and_reboot_between_the_phases() throws IOException {
        EngineExecutionResults results = run(Whole.class);

        results.testEvents().assertStatistics(s -> s.succeeded(5).failed(0));
        assertThat(lab.story())
                .containsExactly(
                        "open", "apply", "before", "before, but last", "after reboot", "after power loss", "nested");
        assertThat(lab.hypervisor().defined()).containsExactly("boma-it-demo");
        assertThat(lab.hypervisor().domains()).isEmpty();
        assertThat(lab.hypervisor().closed()).isTrue();
        assertThat(lab.record().get("outcome").asString()).isEqualTo("passed");
        assertThat(lab.record().get("kept").asBoolean()).isFalse();
        assertThat(lab.record().at("/tests/passed").asInt()).isEqualTo(5);
        assertThat(lab.record().get("reboots").findValuesAsString("kind")).containsExactly("clean", "power-loss");
        assertThat(reported(results)).contains("boma.run", "boma.reboot.clean", "boma.reboot.power-loss");
    }

    @Test
    void should_fail_every_test_that_waits_for_a_failed_reboot() throws IOException {
        lab.hypervisor().with(Fault.STOPS_INSTEAD_OF_REBOOTING);

        EngineExecutionResults results = run(TwoAfterReboot.class);

        results.testEvents().assertStatistics(s -> s.succeeded(1).failed(2));
        assertThat(failures(results)).hasSize(2).allSatisfy(message -> assertThat(message)
                .contains("Waiting for the reset of boma-it-demo failed: the domain is OFF."));
        assertThat(lab.record().get("outcome").asString()).isEqualTo("error");
        assertThat(lab.record().at("/tests/failed").asInt()).isEqualTo(2);
    }

    @Test
    void should_take_secrets_out_of_a_failure() {
        EngineExecutionResults results = run(Telltale.class);

        results.testEvents().assertStatistics(s -> s.failed(1));
        assertThat(failures(results)).containsExactly("the container's token is ********");
    }

    @IntegrationVm(host = "demo")
    static class Telltale {

        @Test
        void tells() {
            fail("the container's token is " + FakeLab.SECRET);
        }
    }

    @IntegrationVm(host = "demo")
    static class FailsForAll {

        @BeforeAll
        static void prepare(Vm vm) {
            fail("there is no token " + FakeLab.SECRET);
        }

        @Test
        void neverReached() {}
    }

    @Test
    void should_judge_a_class_by_what_is_done_for_all_its_tests_too() throws IOException {
        EngineExecutionResults results = run(FailsForAll.class);

        results.testEvents().assertStatistics(s -> s.started(0));
        assertThat(containerFailures(results)).containsExactly("there is no token ********");
        assertThat(lab.record().get("outcome").asString()).isEqualTo("failed");
        assertThat(lab.record().get("kept").asBoolean()).isTrue();
        assertThat(lab.record().get("files").toString()).contains("console.log", "nft-ruleset.txt");
    }

    @IntegrationVm(host = "demo")
    static class AssumesForAll {

        @BeforeAll
        static void prepare(Vm vm) {
            Assumptions.abort("not on this host");
        }

        @Test
        void neverReached() {}
    }

    @Test
    void should_not_call_a_class_failed_that_assumed_in_vain() throws IOException {
        run(AssumesForAll.class).containerEvents().assertStatistics(s -> s.aborted(1).failed(0));

        assertThat(lab.record().get("outcome").asString()).isEqualTo("passed");
        assertThat(lab.record().get("kept").asBoolean()).isFalse();
    }

    @IntegrationVm(host = "demo")
    static class TellsByItsCause {

        @Test
        void tells() {
            throw new IllegalStateException("no answer", new IOException("refused: " + FakeLab.SECRET));
        }
    }

    @Test
    void should_take_secrets_out_of_what_led_to_a_failure() {
        assertThat(run(TellsByItsCause.class).testEvents().failed().stream()
                        .map(e -> e.getRequiredPayload(TestExecutionResult.class).getThrowable().orElseThrow()))
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessage("no answer").hasNoCause());
    }

    @IntegrationVm(host = "demo")
    static class TakesTheStateOnce {

        private final HostState state;

        TakesTheStateOnce(HostState state) {
            this.state = state;
        }

        @AfterReboot
        void after() {
            assertThat(state).isNotNull();
        }
    }

    @Test
    void should_refuse_a_state_that_is_read_before_the_machine_is_what_the_test_wants() {
        assertThat(failures(run(TakesTheStateOnce.class))).singleElement().asString()
                .contains("TakesTheStateOnce takes a HostState", "Take it in the test method");
    }

    @IntegrationVm(host = "demo")
    static class ManyAfterReboot {

        @AfterReboot
        @ParameterizedTest
        @ValueSource(ints = {80, 443})
        void after(int port) {
            FakeLab.tell("after reboot: " + port);
        }
    }

    @Test
    void should_run_each_invocation_of_a_parameterized_test_after_the_reboot_and_no_more() {
        run(ManyAfterReboot.class).testEvents().assertStatistics(s -> s.succeeded(2).failed(0).skipped(1));

        assertThat(lab.story()).containsExactly("open", "apply", "after reboot: 80", "after reboot: 443");
    }

    @IntegrationVm(host = "demo")
    static class TwoAfterReboot {

        @Test
        void before() {}

        @AfterReboot
        void one() {
            fail("never reached");
        }

        @AfterReboot
        void two() {
            fail("never reached");
        }
    }

    @IntegrationVm(host = "demo")
    static class Failing {

        @Test
        void fails() {
            fail("the port is closed");
        }

        @Test
        void passes() {}
    }

    @IntegrationVm(host = "demo")
    static class Passing {

        @Test
        void passes() {}
    }

    @ParameterizedTest
    @CsvSource({
        "never, false, false", "never, true, false",
        "on-failure, false, false", "on-failure, true, true",
        "always, false, true", "always, true, true"
    })
    void should_keep_the_machine_as_asked(String keep, boolean failing, boolean kept) throws IOException {
        EngineExecutionResults results = run(failing ? Failing.class : Passing.class, "boma.keep=" + keep);

        assertThat(lab.hypervisor().find("boma-it-demo").isPresent()).isEqualTo(kept);
        assertThat(lab.record().get("kept").asBoolean()).isEqualTo(kept);
        assertThat(lab.record().get("outcome").asString()).isEqualTo(failing ? "failed" : "passed");
        assertThat(reported(results).contains("boma.kept")).isEqualTo(kept);
    }

    @Test
    void should_say_how_to_look_at_a_kept_machine() {
        EngineExecutionResults results = run(Failing.class);

        assertThat(results.allEvents().reportingEntryPublished().list().toString())
                .contains("virsh -c fake:///memory console boma-it-demo")
                .contains("ansible@198.51.100.150")
                .contains("./boma-it down demo");
    }

    @Test
    void should_collect_what_can_be_learned_when_a_test_fails() throws IOException {
        run(Failing.class);

        assertThat(lab.record().get("files").toString()).contains("console.log", "nft-ruleset.txt");
    }

    @Test
    void should_not_try_again_what_could_not_be_provisioned() {
        lab.failApplying(new HarnessException(Kind.STEP, "The playbook failed.", "task x", "mend it"));

        EngineExecutionResults results = lab.run(List.of(Passing.class, Failing.class));

        results.testEvents().assertStatistics(s -> s.started(0));
        assertThat(lab.story()).containsOnlyOnce("apply");
        assertThat(containerFailures(results)).hasSize(2);
        assertThat(containerFailures(results).get(0)).contains("The playbook failed.");
        assertThat(containerFailures(results).get(1))
                .contains("could not be provisioned for " + Passing.class.getName())
                .contains("is not tried again in this run")
                .contains("The playbook failed.");
    }

    @Test
    void should_fail_where_no_hypervisor_can_be_had() {
        lab.beUnavailable(new HarnessException(Kind.MACHINE, "No libvirt.", "", "./boma-it setup"));

        assertThat(containerFailures(run(Passing.class))).singleElement().asString().contains("./boma-it setup");
    }

    @Test
    void should_skip_where_no_hypervisor_can_be_had_only_when_asked_to() {
        lab.beUnavailable(new HarnessException(Kind.MACHINE, "No libvirt.", "", "./boma-it setup"));

        EngineExecutionResults results = run(Passing.class, "boma.unavailable=skip");

        results.containerEvents().assertStatistics(s -> s.aborted(1).failed(0));
    }

    @Test
    void should_not_skip_a_host_that_fails() {
        lab.failApplying(new HarnessException(Kind.STEP, "The playbook failed.", "", ""));

        run(Passing.class, "boma.unavailable=skip").containerEvents().assertStatistics(s -> s.aborted(0).failed(1));
    }

    @IntegrationVm(host = "demo")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class WrongOrder {

        @Order(1)
        @AfterReboot
        void after() {}

        @Order(2)
        @Test
        void ordinary() {}
    }

    @Test
    void should_refuse_an_order_that_puts_an_ordinary_test_after_the_reboot() {
        assertThat(failures(run(WrongOrder.class)))
                .singleElement()
                .asString()
                .contains("The ordinary test ordinary() would run after the reboot")
                .contains("@TestMethodOrder");
    }

    @Test
    void should_only_run_what_fits_the_machine_that_an_earlier_step_left() throws IOException {
        lab.leaveMachine();

        EngineExecutionResults results = run(Whole.class, "boma.attach=true");

        results.testEvents().assertStatistics(s -> s.succeeded(2).skipped(3).failed(0));
        assertThat(lab.hypervisor().find("boma-it-demo")).isPresent();
        assertThat(lab.story()).doesNotContain("apply");
        assertThat(lab.record().at("/tests/skipped").asInt()).isEqualTo(3);
    }

    @IntegrationVm(host = "demo")
    static class AsksForTheDrift {

        @AfterReboot
        void after(Drift drift) {
            FakeLab.tell("drift");
        }
    }

    @Test
    void should_know_the_drift_of_a_reboot_that_an_earlier_step_made() {
        RehearsalPlan plan = RehearsalPlan.of(lab.profiles().load("demo"), Optional.empty(), Optional.empty(), false);
        try (Lab earlier = lab.open(); Rehearsal rehearsal = earlier.begin(plan)) {
            rehearsal.up();
            rehearsal.reboot(RebootKind.CLEAN);
            rehearsal.leave();
        }

        run(AsksForTheDrift.class, "boma.attach=true").testEvents().assertStatistics(s -> s.succeeded(1).failed(0));

        assertThat(lab.story()).contains("drift");
    }

    @IntegrationVm(host = "demo")
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class WantsAPristineMachine {

        @Test
        void a(Vm vm) {}

        @Test
        @Pristine
        void b(Vm vm) {
            fail("never reached");
        }
    }

    @Test
    void should_say_that_a_machine_which_another_command_left_cannot_be_returned() {
        lab.leaveMachine();

        EngineExecutionResults results = run(WantsAPristineMachine.class, "boma.attach=true");

        results.testEvents().assertStatistics(s -> s.succeeded(1).failed(1));
        assertThat(failures(results)).singleElement().asString()
                .contains("Returning demo to the start of its phase", "another command made it", "./boma-it cycle demo");
    }

    private EngineExecutionResults run(Class<?> testClass, String... parameters) {
        return lab.run(List.of(testClass), parameters);
    }

    private static List<String> failures(EngineExecutionResults results) {
        return messages(results.testEvents());
    }

    private static List<String> containerFailures(EngineExecutionResults results) {
        return messages(results.containerEvents());
    }

    private static List<String> messages(Events events) {
        return events.failed().stream()
                .map(e -> e.getRequiredPayload(TestExecutionResult.class))
                .map(r -> String.valueOf(r.getThrowable().map(Throwable::getMessage).orElse("")))
                .toList();
    }

    private static List<String> reported(EngineExecutionResults results) {
        return results.allEvents().reportingEntryPublished().stream()
                .map(e -> e.getRequiredPayload(ReportEntry.class))
                .flatMap(e -> e.getKeyValuePairs().keySet().stream())
                .toList();
    }
}
