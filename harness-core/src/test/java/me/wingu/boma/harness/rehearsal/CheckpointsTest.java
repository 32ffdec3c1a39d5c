package me.wingu.boma.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.checkpoint.Inputs;
import me.wingu.boma.harness.checkpoint.Stage;
import me.wingu.boma.harness.diagnostics.RunDirectory;
import me.wingu.boma.harness.diagnostics.RunRecord;
import me.wingu.boma.harness.profile.DemoProject;
import me.wingu.boma.harness.profile.RehearsalPlan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a rehearsal saves, what another one goes on from, and which change forbids it what. */
class CheckpointsTest {

    private static final Stage REBOOTED = Stage.APPLIED.after("clean");

    @TempDir
    private Path scratch;

    private final FakeHypervisor hypervisor = new FakeHypervisor();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final List<String> story = new CopyOnWriteArrayList<>();
    private String imageSum = "0".repeat(128);
    private Runnable meanwhile = () -> {};
    private DemoProject project;

    @BeforeEach
    void makeProject() {
        makeProject(scratch);
    }

    private void makeProject(Path directory) {
        project = new DemoProject(directory);
        project.write("profiles/site/roles/base/tasks/main.yml", "- name: one\n");
        project.write("profiles/demo/scenarios/flood.yml", "a: 1\n");
        project.write("profiles/demo/scenarios/island.yml", "boma_scenario: { egress: false }\n");
        project.write("image.qcow2", "an image");
    }

    private RehearsalPlan plan(Optional<String> scenario) {
        return RehearsalPlan.of(project.host(), Optional.empty(), scenario, false);
    }

    private Lab lab() {
        return new Lab(
                Demo.settings(scratch),
                new LabParts(
                        hypervisor,
                        (name, progress) -> new ImageSource.Image(name, project.path("image.qcow2"), imageSum),
                        hypervisor::connect,
                        new FakeSite(this::applied),
                        text -> text,
                        Set.of()),
                new Progress() {
                    @Override
                    public void said(String line) {
                        said.add(line);
                    }

                    @Override
                    public void stepStarted(String host, String step) {
                        story.add(step);
                    }
                });
    }

    private void applied() {
        story.add("apply");
        meanwhile.run();
    }

    /** Rehearses to a stage and ends; returns which of the steps that matter were done. */
    private List<String> run(Reuse reuse, Stage stage) {
        return run(reuse, stage, Optional.empty());
    }

    private List<String> run(Reuse reuse, Stage stage, Optional<String> scenario) {
        story.clear();
        try (Lab lab = lab(); Rehearsal rehearsal = lab.begin(plan(scenario), reuse)) {
            rehearsal.reach(stage);
            rehearsal.down();
        }
        return steps();
    }

    private List<String> steps() {
        return story.stream().filter(List.of("up", "apply", "reboot", "restore")::contains).distinct().toList();
    }

    /** Returns what is recorded of all runs, in their order. */
    private Stream<RunRecord> records() throws IOException {
        try (Stream<Path> runs = Files.list(scratch.resolve("runs"))) {
            return runs.sorted().toList().stream().map(run -> RunDirectory.open(run, UnaryOperator.identity()).record());
        }
    }

    @Test
    void should_go_on_from_the_stage_itself_when_nothing_changed() {
        assertThat(run(Reuse.FRESH, REBOOTED)).containsExactly("up", "apply", "reboot");

        assertThat(run(Reuse.FAST, REBOOTED)).containsExactly("restore");
        assertThat(run(Reuse.FAST, Stage.APPLIED)).containsExactly("restore");
        assertThat(run(Reuse.FAST, Stage.UP)).containsExactly("restore");
    }

    @Test
    void should_go_on_in_another_checkout_of_the_same() {
        run(Reuse.FRESH, REBOOTED);

        makeProject(scratch.resolve("another/checkout"));

        assertThat(run(Reuse.FAST, REBOOTED)).containsExactly("restore");
    }

    @Test
    void should_do_everything_anew_in_a_fresh_run() {
        run(Reuse.FRESH, Stage.APPLIED);

        assertThat(run(Reuse.FRESH, Stage.APPLIED)).containsExactly("up", "apply");
    }

    @Test
    void should_do_only_the_rest() {
        run(Reuse.FRESH, Stage.APPLIED);

        assertThat(run(Reuse.FAST, REBOOTED)).containsExactly("restore", "reboot");
        assertThat(run(Reuse.FAST, REBOOTED)).as("that was saved as well").containsExactly("restore");
    }

    @Test
    void should_apply_again_after_a_change_of_a_role() {
        run(Reuse.FRESH, REBOOTED);

        project.write("profiles/site/roles/base/tasks/main.yml", "- name: two\n");

        assertThat(run(Reuse.FAST, REBOOTED)).containsExactly("restore", "apply", "reboot");
    }

    @Test
    void should_know_a_change_that_was_taken_back() {
        run(Reuse.FRESH, Stage.APPLIED);
        project.write("profiles/site/roles/base/tasks/main.yml", "- name: two\n");
        run(Reuse.FAST, Stage.APPLIED);

        project.write("profiles/site/roles/base/tasks/main.yml", "- name: one\n");

        assertThat(run(Reuse.FAST, Stage.APPLIED)).containsExactly("restore");
    }

    @Test
    void should_apply_again_after_a_change_of_the_overlay() {
        run(Reuse.FRESH, Stage.APPLIED);

        project.write("profiles/demo/overlay.yml", "base__x: 1\n");

        assertThat(run(Reuse.FAST, Stage.APPLIED)).containsExactly("restore", "apply");
    }

    @Test
    void should_apply_again_for_a_scenario_and_after_its_change() {
        run(Reuse.FRESH, Stage.APPLIED);

        assertThat(run(Reuse.FAST, Stage.APPLIED, Optional.of("flood"))).containsExactly("restore", "apply");
        assertThat(run(Reuse.FAST, Stage.APPLIED, Optional.of("flood"))).containsExactly("restore");
        project.write("profiles/demo/scenarios/flood.yml", "a: 2\n");
        assertThat(run(Reuse.FAST, Stage.APPLIED, Optional.of("flood"))).containsExactly("restore", "apply");
        assertThat(run(Reuse.FAST, Stage.APPLIED)).as("the host without it").containsExactly("restore");
    }

    @Test
    void should_boot_anew_for_a_guest_without_egress() {
        run(Reuse.FRESH, Stage.APPLIED);

        assertThat(run(Reuse.FAST, Stage.APPLIED, Optional.of("island"))).containsExactly("up", "apply");
    }

    @Test
    void should_boot_anew_from_another_image() {
        run(Reuse.FRESH, Stage.APPLIED);

        imageSum = "1".repeat(128);

        assertThat(run(Reuse.FAST, Stage.APPLIED)).containsExactly("up", "apply");
    }

    @Test
    void should_boot_anew_under_another_qemu() {
        run(Reuse.FRESH, Stage.APPLIED);

        hypervisor.upgrade("fake 2");

        assertThat(run(Reuse.FAST, Stage.APPLIED)).containsExactly("up", "apply");
    }

    @Test
    void should_boot_anew_at_another_size() {
        run(Reuse.FRESH, Stage.APPLIED);

        project.write(
                "profiles/demo/profile.json",
                "{ \"host\": \"demo\", \"roles\": [\"base\"], \"vm\": { \"memoryMiB\": 1024 } }\n");

        assertThat(run(Reuse.FAST, Stage.APPLIED)).containsExactly("up", "apply");
    }

    @Test
    void should_boot_anew_with_another_harness() {
        Path code = project.write("code/Rehearsal.class", "old").getParent();
        Inputs before = leadingUp(code);

        project.write("code/Rehearsal.class", "new");

        assertThat(before.differences(leadingUp(code))).containsExactly("the harness changed");
    }

    private Inputs leadingUp(Path code) {
        try (Lab lab = lab()) {
            Checkpoints checkpoints =
                    new Checkpoints(lab.checkpoints().store(), lab.parts(), lab.settings(), code);
            return checkpoints.leadingUp(plan(Optional.empty()), lab.parts().images().provide("x", Progress.SILENT));
        }
    }

    @Test
    void should_say_what_outdated_a_checkpoint() {
        run(Reuse.FRESH, Stage.APPLIED);
        project.write("profiles/site/roles/base/tasks/main.yml", "- name: two\n");

        try (Lab lab = lab()) {
            assertThat(lab.savedGuests(project.profiles()))
                    .extracting(SavedGuest::stage, SavedGuest::outdated)
                    .containsExactlyInAnyOrder(
                            tuple("up", List.of()),
                            tuple(
                                    "applied", List.of("site/roles/base/tasks/main.yml changed")));
        }
    }

    @Test
    void should_tell_what_it_went_on_from_and_never_call_that_a_reboot() {
        run(Reuse.FRESH, REBOOTED);

        try (Lab lab = lab(); Rehearsal rehearsal = lab.begin(plan(Optional.empty()), Reuse.FAST)) {
            rehearsal.reach(REBOOTED);

            RunRecord record = rehearsal.directory().record();
            assertThat(record.reboots()).isEmpty();
            RunRecord.Restored from = record.restoredFrom().get(0);
            assertThat(from.stage()).isEqualTo("applied+clean");
            assertThat(from.key()).matches("[0-9a-f]{64}");
            assertThat(from.reboots()).singleElement().satisfies(reboot -> {
                assertThat(reboot.kind()).isEqualTo("clean");
                assertThat(reboot.bootIdAfter()).isNotEqualTo(reboot.bootIdBefore());
                assertThat(reboot.evidence()).anyMatch(line -> line.contains("GUEST_RESET"));
            });
            assertThat(rehearsal.drift()).isNotNull();
            assertThat(rehearsal.vm().bootId()).isEqualTo(from.reboots().get(0).bootIdAfter());
            assertThat(rehearsal.vm().console()).contains("reboot: Restarting system");
            rehearsal.down();
        }
    }

    @Test
    void should_not_save_what_somebody_was_given() {
        try (Lab lab = lab(); Rehearsal rehearsal = lab.begin(plan(Optional.empty()), Reuse.FRESH)) {
            rehearsal.reach(Stage.APPLIED);
            rehearsal.vm();
            rehearsal.reboot(RebootKind.CLEAN);
            assertThat(rehearsal.lastSaved()).isEmpty();
            rehearsal.down();
        }

        assertThat(run(Reuse.FAST, REBOOTED)).containsExactly("restore", "reboot");
    }

    @Test
    void should_not_save_what_nobody_can_tell() {
        meanwhile = () -> project.write("profiles/site/roles/base/tasks/main.yml", "- name: edited meanwhile\n");
        run(Reuse.FRESH, Stage.APPLIED);
        meanwhile = () -> {};

        assertThat(run(Reuse.FAST, Stage.APPLIED)).containsExactly("restore", "apply");
    }

    @Test
    void should_return_to_the_start_of_the_stage() {
        try (Lab lab = lab(); Rehearsal rehearsal = lab.begin(plan(Optional.empty()), Reuse.FRESH)) {
            rehearsal.reach(REBOOTED);
            String boot = rehearsal.vm().bootId();
            String start = rehearsal.lastSaved().orElseThrow();
            rehearsal.machine().domain().powerOff();

            rehearsal.returnTo(start);

            assertThat(rehearsal.vm().bootId()).isEqualTo(boot);
            assertThat(rehearsal.stage()).isEqualTo(REBOOTED);
            rehearsal.down();
        }
    }

    @Test
    void should_forget_with_its_guest_what_a_run_kept_for_itself() {
        try (Lab lab = lab(); Rehearsal rehearsal = lab.begin(plan(Optional.empty()), Reuse.FRESH)) {
            rehearsal.reach(Stage.UP);
            rehearsal.vm();
            String kept = rehearsal.checkpoint("kept");
            rehearsal.reboot(RebootKind.CLEAN);
            rehearsal.returnTo(kept);
            rehearsal.down();

            assertThat(lab.savedGuests(project.profiles())).extracting(SavedGuest::stage).containsExactly("up");
            assertThatThrownBy(() -> {
                        rehearsal.reach(Stage.UP);
                        rehearsal.returnTo(kept);
                    })
                    .hasMessageContaining("There is no checkpoint to return demo to");
            rehearsal.down();
        }
    }

    @Test
    void should_forget_what_a_run_kept_for_itself_when_another_command_ends_it() {
        leaveWithACheckpointOfItsOwn();
        try (Lab lab = lab()) {
            assertThat(lab.down("demo")).isTrue();
            assertThat(lab.savedGuests(project.profiles())).extracting(SavedGuest::stage).containsExactly("up");
        }

        leaveWithACheckpointOfItsOwn();
        try (Lab lab = lab()) {
            assertThat(lab.prune()).anyMatch(line -> line.endsWith(": kept for a run that is over"));
            assertThat(lab.savedGuests(project.profiles())).extracting(SavedGuest::stage).containsExactly("up");
        }
    }

    private void leaveWithACheckpointOfItsOwn() {
        try (Lab lab = lab(); Rehearsal rehearsal = lab.begin(plan(Optional.empty()), Reuse.FRESH)) {
            rehearsal.reach(Stage.UP);
            rehearsal.vm();
            rehearsal.checkpoint("kept");
            assertThat(lab.savedGuests(project.profiles())).hasSize(2);
            rehearsal.leave();
        }
    }

    @Test
    void should_do_without_a_checkpoint_that_cannot_be_gone_on_from() {
        run(Reuse.FRESH, Stage.APPLIED);
        String memory = hypervisor.volumes().names().stream().filter(v -> v.contains("-memory-")).toList().get(0);
        byte[] other = new byte[hypervisor.volumes().read(memory, 0).length];
        hypervisor.volumes().names().stream()
                .filter(v -> v.contains("-memory-"))
                .forEach(v -> hypervisor.volumes().createText(v, other.clone()));

        assertThat(run(Reuse.FAST, Stage.APPLIED)).containsExactly("restore", "up", "apply");
        assertThat(said).filteredOn(line -> line.startsWith("discarded")).hasSize(2);
        assertThat(run(Reuse.FAST, Stage.APPLIED)).containsExactly("restore");
    }

    @Test
    void should_leave_nothing_but_checkpoints_and_not_even_those_when_asked() {
        run(Reuse.FRESH, REBOOTED);

        try (Lab lab = lab()) {
            assertThat(lab.prune()).isEmpty();
            assertThat(lab.pruneSavedGuests(true)).hasSize(3);
        }
        assertThat(hypervisor.volumes().names()).allMatch(name -> name.startsWith("boma-it-image-"));
    }

    @Test
    void should_sweep_what_a_process_left_that_died_while_it_saved() {
        hypervisor.whenSaving(() -> {
            throw new HarnessException(HarnessException.Kind.MACHINE, "Killed.", "", "");
        });
        try (Lab lab = lab(); Rehearsal rehearsal = lab.begin(plan(Optional.empty()), Reuse.FRESH)) {
            rehearsal.reach(Stage.UP);
            assertThat(said).anyMatch(line -> line.startsWith("Not saved: Killed."));
            assertThat(hypervisor.volumes().names()).anyMatch(name -> name.contains("-memory-"));
            rehearsal.down();
            assertThat(lab.prune()).isEmpty();
        }
        assertThat(hypervisor.volumes().names()).allMatch(name -> name.startsWith("boma-it-image-"));
        hypervisor.whenSaving(() -> {});
        assertThat(run(Reuse.FAST, Stage.UP)).containsExactly("up");
    }

    @Test
    void should_take_over_the_guest_that_stands_by_and_have_the_next_one_ready() throws IOException {
        run(Reuse.FRESH, REBOOTED);
        try (Lab lab = lab(); StandingBy standby = new StandingBy(lab, plan(Optional.empty()), Optional.empty())) {
            standby.awaitReady();
            assertThat(lab.guests()).extracting(GuestSummary::state).containsExactly("PAUSED");
            FakeDomain standing = (FakeDomain) hypervisor.find("boma-it-demo").orElseThrow();
            assertThat(standing.readings()).as("what emulation has translated by then").isOne();
            int made = hypervisor.defined().size();

            assertThat(run(Reuse.FAST, REBOOTED)).as("the stage that was used last").containsExactly("restore");

            assertThat(standing.wakeUps()).as("by the process that stayed logged in, both times").containsExactly("standby", "wake-up");
            assertThat(said).contains("demo goes on for the run that took it over");
            standby.awaitReady();
            assertThat(hypervisor.defined()).as("the next one, and none for the run").hasSize(made + 1);
        }
        assertThat(hypervisor.domains()).isEmpty();
        assertThat(records().flatMap(record -> record.steps().stream()))
                .filteredOn(step -> step.name().equals("restore"))
                .extracting(Rehearsal::stoodBy)
                .as("the run's own; a guest that stood by leaves no record")
                .containsExactly(true);
    }

    @Test
    void should_wake_the_guest_up_that_stood_by_when_the_process_that_kept_it_does_not() throws IOException {
        run(Reuse.FRESH, Stage.APPLIED);
        try (Lab lab = lab(); StandingBy standby = new StandingBy(lab, plan(Optional.empty()), Optional.empty())) {
            standby.awaitReady();
            FakeDomain standing = (FakeDomain) hypervisor.find("boma-it-demo").orElseThrow();
            Files.delete(scratch.resolve("keys/boma-it-demo/wake-up.sock"));

            assertThat(run(Reuse.FAST, Stage.APPLIED)).containsExactly("restore");

            assertThat(standing.wakeUps()).containsExactly("standby", Thread.currentThread().getName());
            assertThat(said).doesNotContain("demo goes on for the run that took it over");
        }
    }

    @Test
    void should_give_its_place_to_a_run_that_needs_another_guest() throws IOException {
        run(Reuse.FRESH, REBOOTED);
        try (Lab lab = lab(); StandingBy standby = new StandingBy(lab, plan(Optional.empty()), Optional.empty())) {
            standby.awaitReady();
            assertThat(run(Reuse.FAST, Stage.UP)).containsExactly("restore");
            standby.awaitReady();
            assertThat(run(Reuse.FRESH, Stage.APPLIED)).containsExactly("up", "apply");
            standby.awaitReady();
            project.write("profiles/site/roles/base/tasks/main.yml", "- name: two\n");
            assertThat(run(Reuse.FAST, Stage.APPLIED)).containsExactly("restore", "apply");

            standby.awaitReady();

            assertThat(run(Reuse.FAST, Stage.APPLIED)).as("what the run before saved").containsExactly("restore");
        }
        assertThat(records().reduce((earlier, later) -> later).orElseThrow().steps())
                .filteredOn(step -> step.name().equals("restore"))
                .extracting(RunRecord.Step::detail)
                .singleElement()
                .asString()
                .startsWith("after apply");
    }

    @Test
    void should_do_without_a_guest_that_ended_while_it_stood_by() throws IOException {
        run(Reuse.FRESH, Stage.APPLIED);
        try (Lab lab = lab(); StandingBy standby = new StandingBy(lab, plan(Optional.empty()), Optional.empty())) {
            standby.awaitReady();
            hypervisor.find("boma-it-demo").orElseThrow().powerOff();

            assertThat(run(Reuse.FAST, Stage.APPLIED)).containsExactly("restore");

            standby.awaitReady();
        }
        assertThat(records().flatMap(record -> record.steps().stream())).noneMatch(Rehearsal::stoodBy);
    }

    @Test
    void should_restore_anew_when_the_guest_that_stood_by_is_of_no_use() throws IOException {
        run(Reuse.FRESH, Stage.APPLIED);
        try (Lab lab = lab(); StandingBy standby = new StandingBy(lab, plan(Optional.empty()), Optional.empty())) {
            standby.awaitReady();
            hypervisor.with(FakeHypervisor.Fault.STANDS_STILL_FOR_GOOD);

            assertThat(run(Reuse.FAST, Stage.APPLIED)).as("its checkpoint is as good as before").containsExactly("restore");
        }
        assertThat(said).anyMatch(line -> line.startsWith("Restoring anew: the guest that stood by is of no use"));
        assertThat(records().flatMap(record -> record.steps().stream())).noneMatch(Rehearsal::stoodBy);
    }

    @Test
    void should_stand_by_only_when_there_is_a_place_and_something_saved() {
        hypervisor.add("boma-it-demo", Optional.of(Demo.note("demo", VmNote.Hold.KEPT, Optional.empty()).toJson()));
        try (Lab lab = lab(); StandingBy standby = new StandingBy(lab, plan(Optional.empty()), Optional.of(Stage.UP))) {
            standby.await("its saying why it waits", () -> said.stream().anyMatch(line -> line.startsWith(
                    "demo waits for its place: boma-it-demo: OFF, kept for inspection, run runs/1-demo; 8192 MiB of memory available")));
            assertThat(story).isEmpty();

            lab.down("demo");
            standby.awaitReady();

            assertThat(steps()).as("the first one, from nothing").containsExactly("up");
            lab.pruneSavedGuests(true);
            run(Reuse.FRESH, Stage.UP);
            standby.awaitReady();
        }
        assertThat(hypervisor.domains()).isEmpty();
    }

    @Test
    void should_not_be_asked_anything_while_it_stands_by() {
        run(Reuse.FRESH, Stage.APPLIED);
        try (Lab lab = lab(); StandingBy standby = new StandingBy(lab, plan(Optional.empty()), Optional.empty())) {
            standby.awaitReady();
            assertThatThrownBy(() -> lab.endpoint("demo"))
                    .hasMessageContaining("stands by for the next test")
                    .hasMessageContaining("./boma-it up demo --fast");
        }
    }
}
