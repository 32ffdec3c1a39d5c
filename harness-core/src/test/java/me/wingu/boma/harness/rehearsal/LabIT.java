package me.wingu.boma.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.profile.Profiles;
import me.wingu.boma.harness.profile.RehearsalPlan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The engine on real parts, without a site: one guest of libvirt's, from its claim to its end. */
@Tag("integration")
@ResourceLock("boma-it")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LabIT {

    private static final String NAMESPACE = "boma-it-lan";
    private static final Duration QUICK = Duration.ofMinutes(1);

    @TempDir
    static Path runs;

    private static Lab lab;
    private static Rehearsal rehearsal;

    @BeforeAll
    static void up() {
        LabSettings usual = LabSettings.ofThisProcess();
        lab = Lab.open(
                new LabSettings(
                        usual.libvirtUri(), usual.accelerator(), runs, usual.images(), usual.keys(), usual.lockFile(),
                        usual.maxVms(), usual.reserveMiB()),
                Profiles.discover(),
                Progress.SILENT);
        rehearsal = lab.begin(plan());
        rehearsal.up();
    }

    private static RehearsalPlan plan() {
        return RehearsalPlan.of(Profiles.discover().load("askari"), Optional.empty(), Optional.empty(), false);
    }

    @AfterAll
    static void tidy() {
        if (lab != null) {
            lab.prune();
            lab.close();
        }
    }

    @Test
    @Order(1)
    void should_refuse_a_second_guest_while_this_one_is_there() {
        try (Rehearsal second = lab.begin(plan())) {
            assertThatThrownBy(second::up)
                    .isInstanceOf(HarnessException.class)
                    .hasMessageContaining("boma-it-askari")
                    .hasMessageContaining("refused")
                    .hasMessageContaining("./boma-it down askari");
        }
        assertThat(rehearsal.vm().bootId()).isNotEmpty();
    }

    @Test
    @Order(2)
    void should_keep_the_guest_and_the_local_network_apart() throws Exception {
        assumeTrue(isRoot(), "making a network namespace needs root");
        String guest = rehearsal.vm().address();
        run("ip", "netns", "add", NAMESPACE);
        try {
            run("ip", "link", "add", "boma-it-v0", "type", "veth", "peer", "name", "boma-it-v1", "netns", NAMESPACE);
            run("ip", "addr", "add", "10.20.250.1/24", "dev", "boma-it-v0");
            run("ip", "link", "set", "boma-it-v0", "up");
            run("ip", "-n", NAMESPACE, "addr", "add", "10.20.250.2/24", "dev", "boma-it-v1");
            run("ip", "-n", NAMESPACE, "link", "set", "boma-it-v1", "up");
            run("ip", "-n", NAMESPACE, "route", "add", "default", "via", "10.20.250.1");

            assertThat(status("ping", "-c", "2", "-W", "2", "10.20.250.2"))
                    .as("the namespace itself answers this machine")
                    .isZero();
            assertThat(rehearsal.vm().shell().run("ping -c 2 -W 2 10.20.250.2", QUICK).exitStatus())
                    .as("the guest does not reach a host of the local network")
                    .isNotZero();
            assertThat(status("ip", "netns", "exec", NAMESPACE, "ping", "-c", "2", "-W", "2", guest))
                    .as("a host of the local network does not reach the guest")
                    .isNotZero();
            assertThat(status("ping", "-c", "2", "-W", "5", guest))
                    .as("this machine reaches the guest")
                    .isZero();
        } finally {
            run("ip", "netns", "del", NAMESPACE);
        }
    }

    @Test
    @Order(3)
    void should_prove_a_clean_reboot_and_a_power_loss() {
        RebootEvidence clean = rehearsal.reboot(RebootKind.CLEAN);
        RebootEvidence loss = rehearsal.reboot(RebootKind.POWER_LOSS);

        assertThat(List.of(clean.bootIdBefore(), clean.bootIdAfter(), loss.bootIdAfter()))
                .doesNotHaveDuplicates();
        assertThat(loss.bootIdBefore()).isEqualTo(clean.bootIdAfter());
        assertThat(clean.evidence())
                .anyMatch(line -> line.contains("GUEST_RESET"))
                .anyMatch(line -> line.contains("Restarting system"))
                .anyMatch(line -> line.contains("Linux version"));
        assertThat(loss.evidence())
                .anyMatch(line -> line.contains("STOPPED"))
                .anyMatch(line -> line.contains("Linux version"));
        assertThat(rehearsal.directory().record().reboots()).hasSize(2);
    }

    @Test
    @Order(4)
    void should_leave_nothing_behind() throws IOException {
        rehearsal.down();

        assertThat(lab.guests()).isEmpty();
        assertThat(lab.hypervisor().volumes().names()).allMatch(name -> name.startsWith("boma-it-image-"));
        assertThat(lab.hypervisor().removeIdleNetworks()).isEmpty();
        assertThat(lab.settings().keys().resolve("boma-it-askari")).doesNotExist();
        assertThat(lab.settings().lockFile()).doesNotExist();
        assertThat(Files.readString(rehearsal.directory().file("console.log"))).contains("Linux version");
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", List.of(command), output).isZero();
    }

    private static int status(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
