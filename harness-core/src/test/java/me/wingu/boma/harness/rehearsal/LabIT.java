package me.wingu.boma.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.diagnostics.Reboot;
import me.wingu.boma.harness.profile.HostProfile;
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

    /** A host of the operator's local network. */
    private static final String LAN = "10.20.250.2";
    /** A host of the wide net that the profile bars, and one that it does not (RFC 5737). */
    private static final String BARRED = "203.0.113.2";
    private static final String WORLD = "192.0.2.2";
    private static final Duration QUICK = Duration.ofMinutes(1);

    @TempDir
    static Path runs;

    private static Lab lab;
    private static Rehearsal rehearsal;

    @BeforeAll
    static void up() {
        lab = Lab.open(
                LabSettings.ofThisProcess()
                        .withRuns(runs)
                        .withCheckpoints(new CheckpointSettings(runs.resolve("checkpoints"), 12, 7, false)),
                Profiles.discover(),
                Progress.SILENT);
        rehearsal = lab.begin(plan());
        rehearsal.up();
    }

    private static RehearsalPlan plan() {
        HostProfile barred = Profiles.discover().load("askari").withNeverReach(List.of(BARRED));
        return RehearsalPlan.of(barred, Optional.empty(), Optional.empty(), false);
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
    void should_keep_the_guest_and_the_local_network_apart() throws IOException {
        assumeTrue(Neighbour.isPossible(), "making a network namespace needs root");
        String guest = rehearsal.vm().address();
        try (Neighbour neighbour = Neighbour.at(LAN, BARRED, WORLD)) {
            for (String host : List.of(LAN, BARRED, WORLD)) {
                assertThat(neighbour.answers(host)).as("this machine reaches %s", host).isTrue();
            }
            assertThat(guestReaches(WORLD)).as("the guest reaches the world").isTrue();
            assertThat(guestReaches(LAN)).as("the guest reaches a host of the local network").isFalse();
            assertThat(guestReaches(BARRED)).as("the guest reaches what its profile bars").isFalse();
            assertThat(neighbour.reaches(guest)).as("a host of the local network reaches the guest").isFalse();
            assertThat(Neighbour.status("ping", "-c", "2", "-W", "5", guest)).as("this machine reaches the guest").isZero();
        }
    }

    @Test
    @Order(3)
    void should_offer_the_guest_names_and_no_other_service_of_this_machine() throws IOException {
        try (ServerSocket service = new ServerSocket(0, 5, InetAddress.getByName("198.51.100.1"))) {
            String connect = "timeout 5 bash -c 'exec 3<>/dev/tcp/198.51.100.1/" + service.getLocalPort() + "'";

            assertThat(rehearsal.vm().shell().run(connect, QUICK).exitStatus()).isNotZero();
        }
        assertThat(asksForNames()).isTrue();
    }

    private static boolean guestReaches(String host) {
        return rehearsal.vm().shell().run("ping -c 2 -W 2 " + host, QUICK).succeeded();
    }

    private static boolean asksForNames() {
        return rehearsal.vm().shell().run("dig +time=3 +tries=1 @198.51.100.1 localhost", QUICK).succeeded();
    }

    @Test
    @Order(4)
    void should_prove_a_clean_reboot_and_a_power_loss() {
        Reboot clean = rehearsal.reboot(RebootKind.CLEAN);
        Reboot loss = rehearsal.reboot(RebootKind.POWER_LOSS);

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
    @Order(5)
    void should_leave_nothing_behind() throws IOException {
        rehearsal.down();

        assertThat(lab.guests()).isEmpty();
        assertThat(leftVolumes()).as("but the checkpoint of the boot").hasSize(2);
        lab.pruneSavedGuests(true);
        assertThat(leftVolumes()).isEmpty();
        assertThat(lab.hypervisor().removeIdleNetworks()).isEmpty();
        assertThat(lab.settings().keys().resolve("boma-it-askari")).doesNotExist();
        assertThat(lab.settings().lockFile()).doesNotExist();
        assertThat(Files.readString(rehearsal.directory().file("console.log"))).contains("Linux version");
    }

    /** What is in the pool beside images, and beside the checkpoints that this account has in its own store. */
    private static List<String> leftVolumes() {
        String store = lab.checkpoints().store().newVolume("", "").substring(0, 10);
        return lab.hypervisor().volumes().names().stream()
                .filter(name -> !name.startsWith("boma-it-image-"))
                .filter(name -> name.contains(store) || !lab.checkpoints().store().needed().test(name))
                .toList();
    }
}
