package me.wingu.boma.harness.cli.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import me.wingu.boma.harness.checkpoint.Stage;
import me.wingu.boma.harness.cli.bench.LoopFigures.Figure;
import me.wingu.boma.harness.diagnostics.RunRecord;
import me.wingu.boma.harness.guest.SshEndpoint;
import me.wingu.boma.harness.guest.SshShell;
import me.wingu.boma.harness.profile.Profiles;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.rehearsal.CheckpointSettings;
import me.wingu.boma.harness.rehearsal.ImageSource;
import me.wingu.boma.harness.rehearsal.Lab;
import me.wingu.boma.harness.rehearsal.LabSettings;
import me.wingu.boma.harness.rehearsal.Progress;
import me.wingu.boma.harness.rehearsal.Rehearsal;
import me.wingu.boma.harness.rehearsal.Reuse;
import me.wingu.boma.harness.rehearsal.SavedGuest;
import me.wingu.boma.harness.waiting.Waiting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures the loop of somebody who writes a host and its tests: a test from a saved guest, an edited role, a cold cycle;
 * each beside what one would do instead, on the same image, machine and day.
 */
@Command(
        name = "loop",
        description = "Measures a test from a saved guest, an edited role and a cold cycle, beside Vagrant and bare tools.",
        mixinStandardHelpOptions = true)
final class BenchLoopCommand implements Callable<Integer> {

    /** What can be measured by itself. */
    enum Part {
        /** Saving a guest, and one test from it, as an IDE runs it. */
        TEST,
        /** One more task in a role. */
        ROLE,
        /** A cycle from nothing, beside its bare parts. */
        COLD,
        /** The same by Vagrant, where it is installed. */
        VAGRANT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    private CommandSpec spec;

    @Option(names = "--host", defaultValue = "askari", paramLabel = "HOST", description = "The host to rehearse (${DEFAULT-VALUE}).")
    private String host = "";

    @Option(
            names = "--rounds",
            defaultValue = "5",
            paramLabel = "COUNT",
            description = "How often to save, to restore and to run the test; the median counts (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--long-rounds",
            defaultValue = "1",
            paramLabel = "COUNT",
            description = "How often to do what takes minutes: the edited role, the cycles (${DEFAULT-VALUE}).")
    private int longRounds;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "Measure these only: ${COMPLETION-CANDIDATES}.")
    private Set<Part> only = EnumSet.allOf(Part.class);

    @Option(
            names = "--test",
            paramLabel = "CLASS#METHOD",
            description = "The test to run from a saved guest; an ordinary one of the host unless named.")
    private Optional<String> test = Optional.empty();

    @Option(names = "--json", description = "Print the figures for machines, as the last line.")
    private boolean json;

    private final LoopFigures figures = new LoopFigures();
    private Optional<Cold> cold = Optional.empty();
    private boolean failed;

    @Override
    public Integer call() throws IOException {
        Rounds.require("--rounds", rounds);
        Rounds.require("--long-rounds", longRounds);
        Profiles profiles = Profiles.discover();
        RehearsalPlan plan = RehearsalPlan.of(profiles.load(host), Optional.empty(), Optional.empty(), false);
        LabSettings settings = LabSettings.ofThisProcess();
        figures.fact("host", host);
        try (Lab lab = Lab.open(settings, profiles, Progress.SILENT)) {
            figures.fact("accelerator", lab.hypervisor().accelerator().label());
            ImageSource.Image image = Lab.images(settings, profiles).provide(plan.profile().image(), Progress.SILENT);
            measure(Part.TEST, () -> saveAndTest(lab, profiles, plan));
            measure(Part.ROLE, () -> editRole(lab, settings, profiles, plan));
            measure(Part.COLD, () -> cycle(lab, plan, image));
            measure(Part.VAGRANT, () -> vagrant(lab, plan, image));
        }
        print();
        return failed ? HarnessException.Kind.STEP.exitStatus() : 0;
    }

    /** One part of the measurement. */
    private interface Work {
        void run() throws IOException;
    }

    /** What was measured before counts also when a later part fails. */
    private void measure(Part part, Work work) throws IOException {
        if (only.contains(part)) {
            try {
                work.run();
            } catch (HarnessException e) {
                figures.fact(part.toString(), "not measured to its end: " + e.getMessage());
                failed |= part != Part.VAGRANT;
            }
        }
    }

    /** Tells how far it is, for those who wait. */
    private void said(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }

    private void saveAndTest(Lab lab, Profiles profiles, RehearsalPlan plan) throws IOException {
        String method = test.orElseGet(() -> IdeRun.anyTestOf(host));
        figures.fact("method", method);
        said("preparing the saved guest that the test goes on from");
        withGuest(lab, plan, Reuse.FAST, rehearsal -> {
            rehearsal.reach(Stage.APPLIED);
            int earlier = steps(rehearsal).each("save").size();
            for (int round = 1; round <= rounds; round++) {
                rehearsal.checkpoint("measured");
            }
            steps(rehearsal).each("save").stream().skip(earlier).forEach(ms -> figures.add(Figure.SAVE, ms));
            String run = rehearsal.directory().path().toString();
            lab.savedGuests(profiles).stream()
                    .filter(saved -> saved.run().equals(run) && saved.stage().equals(Stage.APPLIED.word()))
                    .forEach(this::addSize);
        });
        for (int round = 1; round <= rounds; round++) {
            try (ScratchDirectory scratch = ScratchDirectory.create()) {
                IdeRun run = IdeRun.of(method, scratch.path());
                figures.add(Figure.FIRST_TEST, run.toMethodMs());
                figures.add(Figure.VERDICT, run.toVerdictMs());
                figures.add(Figure.PROCESS, run.toEndMs());
                said("test, round " + round + " of " + rounds + ": " + run);
            }
        }
        testStandingBy(method);
    }

    /** Begins each test when there is a guest for it. */
    private void testStandingBy(String method) throws IOException {
        try (StandbyProcess standby = StandbyProcess.of(host)) {
            for (int round = 1; round <= rounds; round++) {
                try (ScratchDirectory scratch = ScratchDirectory.create()) {
                    standby.awaitReady();
                    IdeRun run = IdeRun.of(method, scratch.path());
                    if (!run.stoodBy()) {
                        throw new HarnessException(
                                Kind.STEP, "The test did not take over the guest that stood by.", run.toString(),
                                "see what ./boma-it standby " + host + " says");
                    }
                    figures.add(Figure.READY_TEST, run.toMethodMs());
                    figures.add(Figure.READY_VERDICT, run.toVerdictMs());
                    said("test from a guest that stood by, round " + round + " of " + rounds + ": " + run);
                }
            }
        }
    }

    private void addSize(SavedGuest saved) {
        figures.add(Figure.SAVED_MEMORY, saved.memoryBytes() >> 20);
        figures.add(Figure.SAVED_DISK, saved.diskBytes() >> 20);
    }

    /** What it saves ends with it: nobody else has the edited site. */
    private void editRole(Lab lab, LabSettings settings, Profiles profiles, RehearsalPlan plan) throws IOException {
        said("preparing the saved guest that the edited role is applied to");
        withGuest(lab, plan, Reuse.FAST, rehearsal -> rehearsal.reach(Stage.UP));
        try (ScratchDirectory scratch = ScratchDirectory.create();
                Lab passing = Lab.open(forgetful(settings), profiles, Progress.SILENT)) {
            RoleEdit edit = new RoleEdit(plan, scratch.path().resolve("site"));
            for (int round = 1; round <= longRounds; round++) {
                withGuest(passing, edit.another(), Reuse.FAST, rehearsal -> {
                    rehearsal.reach(Stage.APPLIED);
                    RunRecord record = rehearsal.directory().record();
                    RunSteps steps = steps(rehearsal);
                    if (steps.has("up") || !record.restoredFrom().stream().allMatch(r -> r.stage().equals("up"))) {
                        throw new HarnessException(
                                Kind.STEP, "The edited role was not applied to a guest as it is after up.",
                                record.steps().toString(), "see ./boma-it checkpoint list");
                    }
                    figures.add(Figure.ROLE_RESTORE, steps.took("restore"));
                    figures.add(Figure.ROLE_APPLY, steps.took("apply"));
                });
                said("role, round " + round + " of " + longRounds);
            }
        }
    }

    private static LabSettings forgetful(LabSettings settings) {
        CheckpointSettings kept = settings.checkpoints();
        return settings.withCheckpoints(new CheckpointSettings(kept.directory(), kept.gib(), kept.days(), false));
    }

    private void cycle(Lab lab, RehearsalPlan plan, ImageSource.Image image) throws IOException {
        for (int round = 1; round <= longRounds; round++) {
            try (ScratchDirectory scratch = ScratchDirectory.create()) {
                Cold cycle = Cold.cycle(host, scratch.path());
                cold = Optional.of(cycle);
                figures.fact("tests", cycle.tests());
                figures.fact("reboots", cycle.reboots());
                figures.add(Figure.CYCLE, cycle.tookMs());
                figures.add(Figure.CYCLE_TESTS, cycle.testsMs());
                said("cycle, round " + round + " of " + longRounds + ": " + cycle.tookMs() + " ms");
                bare(lab, plan, image, cycle, scratch);
            }
        }
    }

    /**
     * Boots the image on bare QEMU. What the site makes of a host may reach further than an image does, so the playbook and
     * the reboot are those of a guest behind the harness's wall, though by {@code ansible-playbook} and SSH alone.
     */
    private void bare(Lab lab, RehearsalPlan plan, ImageSource.Image image, Cold cycle, ScratchDirectory scratch)
            throws IOException {
        long boot;
        try (ScratchDirectory place = ScratchDirectory.create();
                BareGuest guest =
                        new BareGuest(plan.profile(), image.file(), place.path(), lab.hypervisor().accelerator())) {
            boot = guest.up().toMillis();
        }
        figures.add(Figure.BARE_BOOT, boot);
        said("bare boot: " + boot + " ms");
        withGuest(lab, plan, Reuse.FRESH, rehearsal -> {
            rehearsal.up();
            SshEndpoint endpoint = lab.endpoint(host);
            long playbook = new PlainPlaybook(plan, scratch.path()).applyTo(endpoint).toMillis();
            figures.add(Figure.BARE_PLAYBOOK, playbook);
            said("bare playbook: " + playbook + " ms");
            try (SshShell shell = new SshShell(endpoint)) {
                long reboot = new Boots(shell, Optional::empty).reboot().toMillis();
                figures.add(Figure.BARE_REBOOT, reboot);
                said("bare reboot: " + reboot + " ms");
                figures.add(
                        Figure.BARE, cycle.ups() * boot + cycle.applies() * playbook + cycle.reboots() * reboot);
            } catch (Waiting.InVain e) {
                throw new HarnessException(Kind.STEP, "The guest does not reboot.", e.reason(), "", e);
            }
        });
    }

    private void vagrant(Lab lab, RehearsalPlan plan, ImageSource.Image image) throws IOException {
        Optional<String> obstacle = VagrantGuest.obstacle();
        if (obstacle.isPresent()) {
            figures.fact("vagrant", "not measured: " + obstacle.get());
            return;
        }
        VagrantLoop loop = new VagrantLoop(host, rounds, cold, figures, this::said);
        for (int round = 1; round <= longRounds; round++) {
            try (ScratchDirectory scratch = ScratchDirectory.create();
                    VagrantGuest guest = new VagrantGuest(lab, plan, image, scratch.path())) {
                loop.measure(guest, scratch);
            }
        }
        figures.fact("vagrant", "measured");
    }

    /** Works on a guest, and takes it down whatever comes. */
    private static void withGuest(Lab lab, RehearsalPlan plan, Reuse reuse, Consumer<Rehearsal> work) {
        try (Rehearsal rehearsal = lab.begin(plan, reuse)) {
            try {
                work.accept(rehearsal);
            } finally {
                if (rehearsal.hasGuest()) {
                    rehearsal.down();
                }
            }
        }
    }

    private static RunSteps steps(Rehearsal rehearsal) {
        return new RunSteps(rehearsal.directory().record().steps());
    }

    private void print() {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(figures.asMap()));
        } else {
            figures.lines().forEach(out::println);
        }
    }
}
