package me.wingu.boma.harness.junit;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.wingu.boma.harness.diagnostics.RunRecord;
import me.wingu.boma.harness.fault.Fault;
import me.wingu.boma.harness.rehearsal.RebootKind;
import me.wingu.boma.harness.rehearsal.Rehearsal;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The rehearsal of one test class and its nested classes: provisioned before the first test, judged after the last. */
final class ClassRehearsal implements AutoCloseable {

    /** The report entry that names the run directory. */
    static final String RUN = "boma.run";

    private final VmSettings settings;
    private final Rehearsal rehearsal;
    private final ExtensionContext classContext;
    private final Map<RebootKind, Optional<RuntimeException>> reboots = new EnumMap<>(RebootKind.class);
    private List<Fault> lasting = List.of();
    private int passed;
    private int failed;
    private int skipped;
    private boolean broken;
    private boolean testified;

    private ClassRehearsal(VmSettings settings, Rehearsal rehearsal, ExtensionContext classContext) {
        this.settings = settings;
        this.rehearsal = rehearsal;
        this.classContext = classContext;
    }

    /** Provisions the machine of a class, or takes up the one that an earlier command left. */
    static ClassRehearsal provision(VmSettings settings, SharedLab lab, ExtensionContext context) {
        String testClass = context.getRequiredTestClass().getName();
        return lab.remembering(settings.key(), testClass, () -> {
            if (settings.attach()) {
                return new ClassRehearsal(settings, lab.lab().resume(lab.profiles(), settings.host()), context);
            }
            // Wrong words are told before anything is asked of libvirt.
            var plan = settings.plan(lab.profiles());
            Rehearsal rehearsal = lab.lab().begin(plan);
            ClassRehearsal created = new ClassRehearsal(settings, rehearsal, context);
            try {
                rehearsal.up();
                rehearsal.apply(false);
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
        try {
            var evidence = rehearsal.reboot(kind);
            testified = false;
            classContext.publishReportEntry("boma.reboot." + kind.label(), String.join(" | ", evidence.evidence()));
            return Optional.empty();
        } catch (RuntimeException e) {
            broken = true;
            return Optional.of(e);
        }
    }

    /** Notes the faults that were planted for more than the test that begins. */
    void testBegins() {
        lasting = rehearsal.faults().inForce();
    }

    /** Takes back what the test planted and left. */
    void testEnds() {
        rehearsal.faults().undoAllBut(lasting);
    }

    void testPassed() {
        passed++;
    }

    /** Returns whether a test of this class failed already. */
    boolean hasFailed() {
        return failed > 0;
    }

    void testSkipped() {
        skipped++;
    }

    /** Counts a failure; the first one after each boot has the guest's state collected. */
    void testFailed() {
        failed++;
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
        boolean bad = failed > 0 || broken;
        String outcome = broken ? "error" : failed > 0 ? "failed" : "passed";
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
