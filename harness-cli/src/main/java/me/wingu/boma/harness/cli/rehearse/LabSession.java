package me.wingu.boma.harness.cli.rehearse;

import java.io.PrintStream;
import java.util.function.Function;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.junit.TerminalProgress;
import me.wingu.boma.harness.profile.Profiles;
import me.wingu.boma.harness.rehearsal.Lab;
import me.wingu.boma.harness.rehearsal.LabSettings;
import me.wingu.boma.harness.rehearsal.Rehearsal;
import me.wingu.boma.harness.rehearsal.Visit;

/** Opens the lab of this machine for one command. */
final class LabSession {

    private final Profiles profiles = Profiles.discover();
    private final PrintStream progress;

    /**
     * Creates a session; nothing is opened yet.
     *
     * @param progress where the lines for people go
     */
    LabSession(PrintStream progress) {
        this.progress = progress;
    }

    Profiles profiles() {
        return profiles;
    }

    /** Opens the lab, works in it and closes it. */
    <T> T with(Function<Lab, T> work) {
        LabSettings settings = LabSettings.ofThisProcess();
        try (Lab lab = Lab.open(settings, profiles, TerminalProgress.orLines(progress, settings.runs()))) {
            return work.apply(lab);
        }
    }

    /** Looks at a host's guest, whoever works on it or left it, and changes nothing. */
    <T> T visiting(String host, Function<Visit, T> look) {
        profiles.load(host);
        return with(lab -> {
            try (Visit visit = lab.visit(profiles, host)) {
                return look.apply(visit);
            }
        });
    }

    /** Takes up the guest that an earlier command left, does one step, and leaves it again for the next. */
    <T> T resuming(String host, Function<Rehearsal, T> step) {
        profiles.load(host); // wrong words are told before anything is asked of libvirt
        return with(lab -> {
            try (Rehearsal rehearsal = lab.resume(profiles, host)) {
                try {
                    return step.apply(rehearsal);
                } catch (HarnessException e) {
                    rehearsal.judged("error", true);
                    throw e;
                } finally {
                    rehearsal.leave();
                }
            }
        });
    }
}
