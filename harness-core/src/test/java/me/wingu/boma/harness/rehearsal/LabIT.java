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
import me.wingu.boma.harness.hypervisor.GuestFilter;
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
        HostProfile askari = Profiles.discover().load("askari");
        HostProfile barred = new HostProfile(
                askari.host(), askari.hostName(), askari.directory(), askari.overlay(), askari.image(), askari.sizing(),
                askari.site(), askari.vantages(), askari.secrets(), List.of(BARRED), askari.knownFaults(),
                askari.scenarios());
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
        assumeTrue(isRoot(), "making a network namespace needs root");
        String guest = rehearsal.vm().address();
        try (Neighbour neighbour = Neighbour.at(LAN, BARRED, WORLD)) {
            for (String host : List.of(LAN, BARRED, WORLD)) {
                assertThat(neighbour.answers(host)).as("this machine reaches %s", host).isTrue();
            }
            assertThat(guestReaches(WORLD)).as("the guest reaches the world").isTrue();
            assertThat(guestReaches(LAN)).as("the guest reaches a host of the local network").isFalse();
            assertThat(guestReaches(BARRED)).as("the guest reaches what its profile bars").isFalse();
            assertThat(neighbour.reaches(guest)).as("a host of the local network reaches the guest").isFalse();
            assertThat(status("ping", "-c", "2", "-W", "5", guest)).as("this machine reaches the guest").isZero();
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

    @Test
    @Order(4)
    void should_cut_the_way_out_and_give_it_back_while_the_guest_runs() throws IOException {
        assumeTrue(isRoot(), "making a network namespace needs root");
        try (Neighbour world = Neighbour.at(WORLD)) {
            assertThat(world.answers(WORLD)).isTrue();

            wall(false);
            assertThat(guestReaches(WORLD)).isFalse();
            assertThat(asksForNames()).isFalse();

            wall(true);
            assertThat(guestReaches(WORLD)).isTrue();
            assertThat(asksForNames()).isTrue();
        }
    }

    private static void wall(boolean egress) {
        lab.hypervisor().ensureFilter(new GuestFilter(
                "boma-it-askari", lab.upStep().network(rehearsal.plan().profile()), egress, egress, List.of(BARRED)));
    }

    private static boolean guestReaches(String host) {
        return rehearsal.vm().shell().run("ping -c 2 -W 2 " + host, QUICK).succeeded();
    }

    private static boolean asksForNames() {
        return rehearsal.vm().shell().run("dig +time=3 +tries=1 @198.51.100.1 localhost", QUICK).succeeded();
    }

    /** A machine of other networks, in a network namespace that is gone at the end. */
    private static final class Neighbour implements AutoCloseable {

        private static final String NAMESPACE = "boma-it-lan";

        /** Makes a machine that has the given addresses, each in a /24 with this machine's own .1. */
        static Neighbour at(String... addresses) throws IOException {
            run("ip", "netns", "add", NAMESPACE);
            Neighbour neighbour = new Neighbour();
            try {
                run("ip", "link", "add", "boma-it-v0", "type", "veth", "peer", "name", "boma-it-v1", "netns", NAMESPACE);
                run("ip", "link", "set", "boma-it-v0", "up");
                run("ip", "-n", NAMESPACE, "link", "set", "boma-it-v1", "up");
                for (String address : addresses) {
                    run("ip", "addr", "add", gateway(address) + "/24", "dev", "boma-it-v0");
                    run("ip", "-n", NAMESPACE, "addr", "add", address + "/24", "dev", "boma-it-v1");
                }
                run("ip", "-n", NAMESPACE, "route", "add", "default", "via", gateway(addresses[0]));
                return neighbour;
            } catch (IOException | AssertionError e) {
                neighbour.close();
                throw e;
            }
        }

        private static String gateway(String address) {
            return address.substring(0, address.lastIndexOf('.')) + ".1";
        }

        boolean answers(String address) throws IOException {
            return status("ping", "-c", "2", "-W", "2", address) == 0;
        }

        boolean reaches(String address) throws IOException {
            return status("ip", "netns", "exec", NAMESPACE, "ping", "-c", "2", "-W", "2", address) == 0;
        }

        @Override
        public void close() throws IOException {
            run("ip", "netns", "del", NAMESPACE);
        }
    }

    @Test
    @Order(5)
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
    @Order(6)
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

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue()).as("%s: %s", List.of(command), output).isZero();
    }

    private static int status(String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join()
                .exitValue();
    }
}
