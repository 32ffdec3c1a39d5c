package me.wingu.boma.harness.junit;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.checkpoint.Stage;
import me.wingu.boma.harness.diagnostics.RunRecord;
import me.wingu.boma.harness.fault.Fault;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.rehearsal.RebootKind;
import me.wingu.boma.harness.rehearsal.Rehearsal;
import me.wingu.boma.harness.rehearsal.Reuse;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The rehearsal of one test class and its nested classes: provisioned before the first test, judged after the last. */
final class ClassRehearsal implements AutoCloseable {

    /** The report entry that names the run directory. */
    static final String RUN = "boma.run";

    private final VmSettings settings;
    private final Rehearsal rehearsal;
    private final ExtensionContext classContext;
    private final Phases phases;
    private final Runnable place;
    private final Map<RebootKind, Optional<RuntimeException>> reboots = new EnumMap<>(RebootKind.class);
    private List<Fault> lasting = List.of();
    private Optional<RuntimeException> start = Optional.empty();
    private Optional<String> startOfPhase = Optional.empty();
    /** What the machine was before the test that runs; only of one that reverts it. */
    private Optional<String> found = Optional.empty();
    private boolean setUp;
    private int passed;
    private int failed;
    private int skipped;
    private boolean setUpFailed;
    private boolean broken;
    private boolean testified;

    private ClassRehearsal(
            VmSettings settings, Rehearsal rehearsal, Runnable place, ExtensionContext classContext) {
        this.settings = settings;
        this.rehearsal = rehearsal;
        this.place = place;
        this.classContext = classContext;
        this.phases = Phases.of(classContext.getRequiredTestClass());
    }

    /** Provisions the machine of a class, or takes up the one that an earlier command left. */
    static ClassRehearsal provision(VmSettings settings, SharedLab lab, ExtensionContext context) {
        String testClass = context.getRequiredTestClass().getName();
        return lab.remembering(settings.key(), testClass, () -> {
            if (settings.attach()) {
                Rehearsal left = lab.lab().resume(lab.profiles(), settings.host());
                return new ClassRehearsal(settings, left, () -> {}, context);
            }
            RehearsalPlan plan = settings.plan(lab.profiles()); // wrong words are told before anything is asked of libvirt
            Runnable place = lab.takePlace(plan.profile().sizing());
            ClassRehearsal created = new ClassRehearsal(settings, begun(plan, settings, lab, place), place, context);
            try {
                created.begin();
                return created;
            } catch (RuntimeException | Error e) {
                created.broken = true;
                try {
                    created.finish();
                } catch (RuntimeException second) {
                    e.addSuppressed(second);
                }
                throw e;
            }
        });
    }

    private static Rehearsal begun(RehearsalPlan plan, VmSettings settings, SharedLab lab, Runnable place) {
        try {
            return lab.lab().begin(plan, settings.reuse());
        } catch (RuntimeException | Error e) {
            place.run();
            throw e;
        }
    }

    /**
     * Makes the machine, unless there are checkpoints to begin with: then the first test says which one it needs, for a
     * test that waits for a reboot needs none of what comes before.
     */
    private void begin() {
        if (settings.reuse() == Reuse.FRESH || rehearsal.firstSaved(beginnings()).isEmpty()) {
            reach(Stage.APPLIED);
        }
    }

    private List<Stage> beginnings() {
        return Stream.concat(
                        Stream.of(Stage.APPLIED),
                        phases.reboots().stream().flatMap(kind -> phases.stages(kind, Stage.APPLIED).stream()))
                .toList();
    }

    private void reach(Stage stage) {
        int before = rehearsal.directory().record().restoredFrom().size();
        rehearsal.reach(stage);
        List<RunRecord.Restored> restored = rehearsal.directory().record().restoredFrom();
        restored.subList(before, restored.size()).forEach(this::tell);
        rememberStart(Optional.empty());
    }

    private void tell(RunRecord.Restored from) {
        classContext.publishReportEntry(
                "boma.restored",
                "%s, saved at %s by %s%s"
                        .formatted(
                                Stage.of(from.stage()),
                                from.takenAt(),
                                from.run(),
                                from.reboots().stream()
                                        .map(reboot -> " | " + reboot.kind() + ": "
                                                + String.join(" | ", reboot.evidence()))
                                        .collect(Collectors.joining())));
    }

    /** Sees to it that tests which want the machine as it was at the start of their phase can have it so. */
    private void rememberStart(Optional<RebootKind> phase) {
        if (phases.pristine().contains(phase) && rehearsal.lastSaved().isEmpty()) {
            rehearsal.checkpoint("start of the phase");
        }
        startOfPhase = rehearsal.lastSaved();
    }

    /** Makes sure that there is a machine; when it cannot be made, each test that wants it fails with the same reason. */
    void ensureStarted() {
        if (!rehearsal.hasGuest() && start.isEmpty()) {
            start = attempt(() -> reach(Stage.APPLIED));
        }
        start.ifPresent(failure -> {
            throw failure;
        });
    }

    private Optional<RuntimeException> attempt(Runnable work) {
        try {
            work.run();
            return Optional.empty();
        } catch (RuntimeException e) {
            broken = true;
            return Optional.of(e);
        }
    }

    /** What is set up for the whole class is in no checkpoint: from now on there is one timeline. */
    void setUpForAll() {
        ensureStarted();
        setUp = true;
    }

    /**
     * Gives the machine back the state that it had at the start of the phase.
     *
     * @throws HarnessException when that was not saved, as of a machine that another command left
     */
    void makePristine() {
        if (rehearsal.isTouched()) {
            rehearsal.returnTo(startOfPhase.orElseThrow(() -> new HarnessException(
                    HarnessException.Kind.USAGE,
                    "Returning " + settings.host() + " to the start of its phase, for a @Pristine test, is not possible.",
                    "tests were given the machine, and what it was before was not saved: "
                            + (settings.attach() ? "another command made it" : "see what was said of saving it"),
                    "let the tests make their machine themselves: ./boma-it cycle " + settings.host())));
        }
    }

    /** Keeps the machine as the test finds it, unless it is just what was last saved. */
    void remember() {
        Optional<String> saved = rehearsal.isTouched() ? Optional.empty() : rehearsal.lastSaved();
        found = saved.or(() -> Optional.of(rehearsal.checkpoint("before a test")));
    }

    /**
     * Makes the machine again what the test found.
     *
     * @param bad whether the test failed: then what can be learned of the machine is collected first
     */
    void revert(boolean bad) {
        if (bad) {
            testify();
        }
        found.ifPresent(rehearsal::returnTo);
    }

    Rehearsal rehearsal() {
        return rehearsal;
    }

    /** Returns whether a reboot of that kind is still to come, and can: an attached machine is not rebooted by tests. */
    boolean awaits(RebootKind kind) {
        return settings.attach()
                && rehearsal.directory().record().reboots().stream()
                        .reduce((a, b) -> b)
                        .filter(last -> last.kind().equals(kind.label()))
                        .isEmpty();
    }

    /** Returns whether the machine was rebooted for this class. */
    boolean rebooted() {
        return !reboots.isEmpty();
    }

    /** Makes sure that the reboot of a kind has happened; its failure is remembered for the tests that wait for it. */
    void ensureRebooted(RebootKind kind) {
        if (settings.attach()) {
            return;
        }
        Optional<RuntimeException> outcome = reboots.computeIfAbsent(kind, this::reboot);
        if (outcome.isPresent()) {
            throw outcome.get();
        }
    }

    private Optional<RuntimeException> reboot(RebootKind kind) {
        return attempt(() -> {
            if (!goneOnAfter(kind)) {
                var evidence = rehearsal.reboot(kind);
                classContext.publishReportEntry(
                        "boma.reboot." + kind.label(), String.join(" | ", evidence.evidence()));
                rememberStart(Optional.of(kind));
            }
            testified = false;
        });
    }

    /**
     * In a fast run each phase begins with a checkpoint: that of the reboot, or else that of the start of the phase
     * before, so that the reboot is worth being saved.
     */
    private boolean goneOnAfter(RebootKind kind) {
        if (settings.reuse() == Reuse.FRESH || setUp) {
            ensureStarted();
            return false;
        }
        Stage now = rehearsal.hasGuest() ? rehearsal.stage() : Stage.APPLIED;
        Optional<Stage> saved = rehearsal.firstSaved(phases.stages(kind, now));
        if (saved.isEmpty()
                && (!rehearsal.hasGuest() || rehearsal.firstSaved(List.of(now)).isPresent())) {
            reach(now);
        }
        saved.ifPresent(this::reach);
        return saved.isPresent();
    }

    /** Notes the faults that were planted for more than the test that begins. */
    void testBegins() {
        lasting = rehearsal.faults().inForce();
        found = Optional.empty();
    }

    /** Takes back what the test planted and left. */
    void testEnds() {
        rehearsal.faults().undoAllBut(lasting);
    }

    void testPassed() {
        passed++;
    }

    /** Returns whether a test of this class failed already, or what was done for all of them. */
    boolean hasFailed() {
        return failed > 0 || setUpFailed;
    }

    void testSkipped() {
        skipped++;
    }

    /** Counts a failure. */
    void testFailed() {
        failed++;
        testify();
    }

    /** Notes that what is done before or after all tests failed; none of them counts it. */
    void setUpFailed() {
        setUpFailed = true;
        testify();
    }

    /** Has the guest's state collected: at the first failure after each boot. */
    private void testify() {
        if (!testified) {
            testified = true;
            rehearsal.collectDiagnostics();
        }
    }

    /** Judges the class, records it, and takes the machine down or leaves it. */
    @Override
    public void close() {
        finish();
    }

    private void finish() {
        try {
            conclude();
        } finally {
            place.run();
        }
    }

    private void conclude() {
        boolean bad = hasFailed() || broken;
        String outcome = broken ? "error" : hasFailed() ? "failed" : "passed";
        boolean keep = rehearsal.hasGuest() && (settings.attach() || settings.keep().keeps(bad));
        rehearsal.directory().tests(new RunRecord.Tests(passed, failed, skipped));
        try {
            if (settings.attach()) {
                rehearsal.leave();
            } else if (keep) {
                String commands = rehearsal.keep();
                System.out.println("The machine of " + settings.host() + " is kept; to look at it:\n"
                        + commands.indent(2).stripTrailing());
                classContext.publishReportEntry("boma.kept", commands);
            } else if (rehearsal.hasGuest()) {
                rehearsal.down();
            }
        } finally {
            rehearsal.judged(outcome, keep);
            classContext.publishReportEntry(RUN, rehearsal.directory().path().toString());
            rehearsal.close();
        }
    }
}
