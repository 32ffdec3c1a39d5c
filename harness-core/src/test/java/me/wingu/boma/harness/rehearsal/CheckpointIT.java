package me.wingu.boma.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import me.wingu.boma.harness.OtherJvm;
import me.wingu.boma.harness.checkpoint.Stage;
import me.wingu.boma.harness.diagnostics.Reboot;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.hypervisor.Domain;
import me.wingu.boma.harness.hypervisor.DomainState;
import me.wingu.boma.harness.profile.Profiles;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.waiting.Waiting;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Saved guests on real parts: a guest without a site is wrecked and comes back, here and in another process. */
@Tag("integration")
@ResourceLock("boma-it")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CheckpointIT {

    private static final Duration QUICK = Duration.ofMinutes(1);

    @TempDir
    static Path scratch;

    private static Lab lab;
    private static Rehearsal rehearsal;
    private static String bootId;
    private static String start;

    @BeforeAll
    static void up() {
        lab = open(scratch);
        rehearsal = lab.begin(plan(), Reuse.FRESH);
        rehearsal.reach(Stage.UP);
        start = rehearsal.lastSaved().orElseThrow();
        bootId = rehearsal.vm().bootId();
    }

    private static Lab open(Path directory) {
        return open(directory, new Progress() {
            @Override
            public void said(String line) {
                System.err.println(line); // why a checkpoint was discarded
            }
        });
    }

    private static Lab open(Path directory, Progress progress) {
        return Lab.open(
                LabSettings.ofThisProcess()
                        .withRuns(directory.resolve("runs"))
                        .withKeys(directory.resolve("keys"))
                        .withCheckpoints(new CheckpointSettings(directory.resolve("checkpoints"), 12, 1, true)),
                Profiles.discover(),
                progress);
    }

    private static RehearsalPlan plan() {
        return RehearsalPlan.of(Profiles.discover().load("askari"), Optional.empty(), Optional.empty(), false);
    }

    @AfterAll
    static void tidy() {
        if (lab != null) {
            lab.pruneSavedGuests(true);
            lab.prune();
            lab.close();
        }
    }

    @Test
    @Order(1)
    void should_bring_a_wrecked_guest_back() {
        run("touch /srv/after-the-checkpoint; rm -rf /etc/ssh /usr/bin/python3* /var/lib/dpkg; sync");
        run("(sleep 1; systemctl stop ssh.service ssh.socket; echo o >/proc/sysrq-trigger) </dev/null >/dev/null 2>&1 &");
        Waiting.upTo("the guest's end", QUICK)
                .until(() -> Optional.of(domain().state()).filter(state -> state == DomainState.OFF));

        rehearsal.returnTo(start);

        assertThat(rehearsal.vm().bootId()).isEqualTo(bootId);
        assertThat(run("ls /srv/after-the-checkpoint /etc/ssh/sshd_config /var/lib/dpkg/status; python3 --version")
                        .stdout())
                .doesNotContain("after-the-checkpoint")
                .contains("/etc/ssh/sshd_config", "/var/lib/dpkg/status", "Python 3");
        assertThat(rehearsal.directory().record().reboots()).isEmpty();
    }

    @Test
    @Order(2)
    void should_be_in_the_present_after_a_restore() {
        assertThat(clockIsOff()).isLessThan(Duration.ofSeconds(2));
        assertThat(run("dmesg").stdout()).contains("crng reseeded due to virtual machine fork");
        assertThat(domain().lease()).isPresent();
    }

    /** How far apart the clocks are at most; that the question takes its time is part of it. */
    private static Duration clockIsOff() {
        String seconds = run("date +%s.%N").stdout().strip();
        Instant guest = Instant.ofEpochMilli((long) (1_000 * Double.parseDouble(seconds)));
        return Duration.between(guest, Instant.now()).abs();
    }

    @Test
    @Order(3)
    void should_lose_power_on_its_own_disk_and_leave_the_frozen_one_alone() {
        run("echo mine >/srv/mine; sync");
        List<Long> frozen = frozen();

        Reboot loss = rehearsal.reboot(RebootKind.POWER_LOSS);

        assertThat(loss.bootIdBefore()).isEqualTo(bootId);
        assertThat(run("cat /srv/mine").stdout()).as("the disk that it wrote to").isEqualTo("mine\n");
        assertThat(frozen()).isEqualTo(frozen);
        rehearsal.returnTo(start);
        assertThat(run("cat /srv/mine").succeeded()).isFalse();
    }

    private static List<Long> frozen() {
        return lab.checkpoints().store().entries().get(0).checkpoint().disks().stream()
                .map(disk -> lab.hypervisor().volumes().length(disk.name()).orElseThrow())
                .toList();
    }

    @Test
    @Order(4)
    void should_leave_its_checkpoint_alone_when_the_guest_goes() {
        rehearsal.down();

        assertThat(lab.prune()).isEmpty();
        assertThat(lab.guests()).isEmpty();
        assertThat(lab.hypervisor().removeIdleNetworks()).isEmpty();
        assertThat(scratch.resolve("keys/boma-it-askari")).doesNotExist();
        assertThat(lab.savedGuests(Profiles.discover())).singleElement().satisfies(saved -> {
            assertThat(saved.outdated()).isEmpty();
            assertThat(saved.memoryBytes()).isGreaterThan(10_000_000);
        });
        assertThat(own()).hasSize(2);
    }

    /** The volumes of this test's store: other ones may be somebody's real checkpoints. */
    private static List<String> own() {
        String id = lab.checkpoints().store().newVolume("x", "").split("-", -1)[1];
        return lab.hypervisor().volumes().names().stream()
                .filter(name -> name.contains("-" + id + "-"))
                .toList();
    }

    @Test
    @Order(5)
    void should_go_on_in_another_process_that_then_is_killed() throws Exception {
        try (OtherJvm other = OtherJvm.start(Other.class, List.of("-Xmx128m"), scratch.toString())) {
            assertThat(other.line()).contains("boot id " + bootId);
            other.kill();
        }

        assertThat(lab.prune()).contains("domain boma-it-askari");
        assertThat(lab.savedGuests(Profiles.discover())).singleElement().matches(saved -> saved.outdated().isEmpty());
        assertThat(own()).hasSize(2);
    }

    @Test
    @Order(6)
    void should_take_over_the_guest_that_another_process_has_stand_by() throws Exception {
        try (OtherJvm other = OtherJvm.start(StandingByElsewhere.class, List.of("-Xmx128m"), scratch.toString())) {
            other.awaitLine("askari stands by after up");
            assertThat(domain().state()).isEqualTo(DomainState.PAUSED);
            try (Rehearsal quick = lab.begin(plan(), Reuse.FAST)) {
                quick.reach(Stage.UP);

                assertThat(quick.vm().bootId()).isEqualTo(bootId);
                assertThat(quick.directory().record().steps())
                        .filteredOn(step -> step.name().equals("restore"))
                        .singleElement()
                        .matches(Rehearsal::stoodBy);
                quick.down();
            }
            other.awaitLine("askari goes on for the run that took it over");
            other.awaitLine("askari stands by after up");
            other.interrupt();
            assertThat(lab.guests()).as("what the interrupted process leaves").isEmpty();
        }
        try (OtherJvm other = OtherJvm.start(StandingByElsewhere.class, List.of("-Xmx128m"), scratch.toString())) {
            other.awaitLine("askari stands by after up");
            other.kill();
        }
        assertThat(lab.prune()).as("what the killed one leaves").contains("domain boma-it-askari");
        assertThat(own()).hasSize(2);
    }

    @Test
    @Order(7)
    void should_keep_the_guest_of_an_earlier_step_when_a_process_is_ended_that_returned_it() throws Exception {
        Rehearsal earlier = lab.begin(plan(), Reuse.FAST);
        earlier.reach(Stage.UP);
        earlier.leave();

        try (OtherJvm other = OtherJvm.start(ReturningElsewhere.class, List.of("-Xmx128m"), scratch.toString())) {
            other.awaitLine("returned");
            other.interrupt();
        }

        assertThat(domain().state()).isEqualTo(DomainState.RUNNING);
        Rehearsal later = lab.resume(Profiles.discover(), "askari");
        assertThat(later.vm().bootId()).isEqualTo(bootId);
        later.down();
        assertThat(own()).hasSize(2);
    }

    @Test
    @Order(8)
    void should_leave_nothing_behind() throws IOException {
        lab.pruneSavedGuests(true);

        assertThat(own()).isEmpty();
        try (Stream<Path> left = Files.list(scratch.resolve("checkpoints"))) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("identity");
        }
    }

    private static Domain domain() {
        return lab.hypervisor().find("boma-it-askari").orElseThrow();
    }

    private static CommandResult run(String script) {
        return rehearsal.vm().shell().run(script, QUICK);
    }

    /** Another process, which keeps a guest ready. */
    static final class StandingByElsewhere {

        private StandingByElsewhere() {}

        public static void main(String[] args) {
            Progress aloud = new Progress() {
                @Override
                public void said(String line) {
                    System.out.println(line);
                }
            };
            Lab lab = open(Path.of(Arrays.asList(args).get(0)), aloud);
            new Standby(lab, CheckpointIT::plan, Optional.of(Stage.UP)).keepWhile(() -> true);
        }
    }

    /** Goes on with the guest that is there, as a command does, and returns it to what it was, as a test may. */
    static final class ReturningElsewhere {

        private ReturningElsewhere() {}

        public static void main(String[] args) throws InterruptedException {
            Rehearsal rehearsal = open(Path.of(Arrays.asList(args).get(0))).resume(Profiles.discover(), "askari");
            rehearsal.returnTo(rehearsal.checkpoint("before a test"));
            System.out.println("returned");
            Thread.currentThread().join(); // until it is ended
        }
    }

    /** The other process's side. */
    static final class Other {

        private Other() {}

        public static void main(String[] args) throws InterruptedException {
            Lab lab = open(Path.of(Arrays.asList(args).get(0)));
            Rehearsal rehearsal = lab.begin(plan(), Reuse.FAST);
            rehearsal.reach(Stage.UP);
            System.out.println("boot id " + rehearsal.vm().bootId());
            Thread.currentThread().join(); // until it is killed
        }
    }
}
