package me.wingu.boma.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.OtherJvm;
import me.wingu.boma.harness.hypervisor.Domain;
import me.wingu.boma.harness.hypervisor.DomainState;
import me.wingu.boma.harness.profile.Profiles;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.waiting.Waiting;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What a harness leaves that is killed in the middle of its work, and what {@code prune} leaves of that: nothing. */
@Tag("integration")
@ResourceLock("boma-it")
class KilledIT {

    private static final String GUEST = "boma-it-askari";
    private static final Duration SOON = Duration.ofMinutes(5);

    @TempDir
    static Path scratch;

    private static Lab lab;

    @BeforeAll
    static void open() {
        lab = Lab.open(
                LabSettings.ofThisProcess().withCheckpoints(new CheckpointSettings(checkpoints(), 12, 7, true)),
                Profiles.discover(),
                Progress.SILENT);
        lab.prune();
    }

    private static Path checkpoints() {
        return scratch.resolve("checkpoints");
    }

    @AfterAll
    static void close() {
        if (lab != null) {
            lab.pruneSavedGuests(true);
            lab.prune();
            lab.close();
        }
    }

    @Test
    void should_leave_nothing_when_it_dies_between_the_claim_and_the_boot() throws Exception {
        try (OtherJvm victim = victim()) {
            victim.awaitLine("step up");
            Waiting.upTo("the domain", SOON).until(() -> lab.hypervisor().find(GUEST));
            victim.kill();
        }
        assertNothingIsLeftAfterPruning();
    }

    @Test
    void should_leave_nothing_when_it_dies_while_the_guest_boots() throws Exception {
        try (OtherJvm victim = victim()) {
            victim.awaitLine("step up");
            Waiting.upTo("the boot", SOON)
                    .until(() -> lab.hypervisor().find(GUEST).filter(d -> d.state() == DomainState.RUNNING));
            victim.kill();
        }
        assertNothingIsLeftAfterPruning();
    }

    @Test
    void should_leave_nothing_at_all_when_it_is_asked_to_end() throws Exception {
        try (OtherJvm victim = victim()) {
            victim.awaitLine("step up");
            Waiting.upTo("the boot", SOON)
                    .until(() -> lab.hypervisor().find(GUEST).filter(d -> d.state() == DomainState.RUNNING));
            victim.interrupt();
        }
        assertThat(lab.guests()).as("the guest is gone before anybody sweeps").isEmpty();
        assertNothingIsLeftAfterPruning();
    }

    @Test
    void should_leave_nothing_when_it_dies_while_the_guest_is_saved() throws Exception {
        lab.pruneSavedGuests(true);
        try (OtherJvm victim = victim("without-apply")) {
            victim.awaitLine("step save");
            Waiting.upTo("the memory", SOON).until(() -> lab.hypervisor().volumes().names().stream()
                    .filter(name -> name.startsWith(GUEST + "-memory-"))
                    .findFirst());
            victim.kill();
        }
        assertNothingIsLeftAfterPruning();
        assertThat(lab.savedGuests(Profiles.discover())).as("none, or one that was finished").allMatch(
                saved -> saved.outdated().isEmpty());
    }

    @Test
    void should_leave_nothing_when_it_dies_in_a_task_of_the_playbook() throws Exception {
        try (OtherJvm victim = victim()) {
            victim.awaitLine("said TASK [");
            victim.kill();
        }
        assertThat(lab.guests()).as("the guest outlives its harness, until somebody sweeps").hasSize(1);
        assertNothingIsLeftAfterPruning();
    }

    @Test
    void should_leave_nothing_when_it_dies_during_a_reboot() throws Exception {
        try (OtherJvm victim = victim("without-apply")) {
            victim.awaitLine("step reboot");
            victim.kill();
        }
        assertNothingIsLeftAfterPruning();
    }

    private static OtherJvm victim(String... arguments) throws IOException {
        return OtherJvm.start(
                Victim.class, List.of("-Dboma.runs=" + scratch, "-Dboma.checkpoints=" + checkpoints()), arguments);
    }

    private static void assertNothingIsLeftAfterPruning() throws IOException {
        Optional<Domain> left = lab.hypervisor().find(GUEST);
        List<String> gone = lab.prune();

        left.ifPresent(guest -> assertThat(gone).contains("domain " + GUEST));
        assertThat(lab.guests()).isEmpty();
        assertThat(lab.hypervisor().volumes().names())
                .as("images, and checkpoints that were finished")
                .allMatch(name -> name.startsWith("boma-it-image-") || lab.checkpoints().store().needed().test(name));
        assertThat(lab.hypervisor().removeIdleNetworks()).isEmpty();
        assertThat(lab.settings().keys().resolve(GUEST)).doesNotExist();
        assertThat(lab.settings().lockFile()).doesNotExist();
        Waiting.upTo("the end of the playbook and of QEMU", SOON)
                .until(() -> leftovers().isEmpty() ? Optional.of(true) : Optional.empty());
    }

    /** The processes that a rehearsal starts, told by what their command lines name. */
    private static List<String> leftovers() {
        return ProcessHandle.allProcesses()
                .map(process -> commandLine(process.pid()))
                .filter(line -> line.contains("guest=" + GUEST) || line.contains("boma-it-apply-"))
                .toList();
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ');
        } catch (IOException e) {
            return ""; // it has ended meanwhile
        }
    }

    /** A process that rehearses askari, and tells every step. */
    static final class Victim {

        private Victim() {}

        public static void main(String[] args) {
            Profiles profiles = Profiles.discover();
            Progress progress = new Progress() {
                @Override
                public void stepStarted(String host, String step) {
                    System.out.println("step " + step);
                }

                @Override
                public void said(String line) {
                    System.out.println("said " + line);
                }
            };
            try (Lab lab = Lab.open(LabSettings.ofThisProcess(), profiles, progress);
                    Rehearsal rehearsal = lab.begin(
                            RehearsalPlan.of(profiles.load("askari"), Optional.empty(), Optional.empty(), false))) {
                rehearsal.up();
                if (args.length == 0) {
                    rehearsal.apply(false);
                }
                rehearsal.reboot(RebootKind.CLEAN);
                rehearsal.down();
            }
        }
    }
}
