package me.wingu.boma.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.diagnostics.Reboot;
import me.wingu.boma.harness.fault.Fault;
import me.wingu.boma.harness.fault.Faults;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.probe.PortState;
import me.wingu.boma.harness.probe.Reach;
import me.wingu.boma.harness.probe.Service;
import me.wingu.boma.harness.profile.Profiles;
import me.wingu.boma.harness.profile.RehearsalPlan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Every fault on a real guest without a site: what it does, and that it is gone when it was taken back. */
@Tag("integration")
@ResourceLock("boma-it")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsIT {

    /** Two hosts of the wide net (RFC 5737). */
    private static final String WORLD = "192.0.2.2";
    private static final String ELSEWHERE = "203.0.113.2";
    private static final Duration QUICK = Duration.ofMinutes(1);

    @TempDir
    static Path runs;

    private static Lab lab;
    private static Rehearsal rehearsal;
    private static Faults faults;

    @BeforeAll
    static void up() {
        Profiles profiles = Profiles.discover();
        lab = Lab.open(
                LabSettings.ofThisProcess()
                        .withRuns(runs)
                        .withCheckpoints(new CheckpointSettings(runs.resolve("checkpoints"), 12, 7, false)),
                profiles,
                Progress.SILENT);
        rehearsal = lab.begin(RehearsalPlan.of(profiles.load("askari"), Optional.empty(), Optional.empty(), false));
        rehearsal.up();
        faults = rehearsal.vm().faults();
    }

    @AfterAll
    static void down() {
        if (rehearsal != null && rehearsal.hasGuest()) {
            rehearsal.down();
        }
        if (lab != null) {
            lab.close();
        }
    }

    @AfterEach
    void undo() {
        faults.undoAll();
    }

    // Made outside the guest.

    @Test
    @Order(1)
    void no_egress_is_no_world_and_no_names() throws IOException {
        assumeTrue(Neighbour.isPossible(), "making a network namespace needs root");
        try (Neighbour world = Neighbour.at(WORLD)) {
            assertThat(world.answers(WORLD)).isTrue();

            try (Fault cut = faults.noEgress()) {
                assertThat(cut.isInForce()).isTrue();
                assertThat(reaches(WORLD)).isFalse();
                assertThat(asksForNames()).isFalse();
            }

            assertThat(reaches(WORLD)).isTrue();
            assertThat(asksForNames()).isTrue();
        }
    }

    /** Two at a time, and the older one goes first. */
    @Test
    @Order(1)
    void names_and_single_hosts_go_and_come_by_themselves() throws IOException {
        assumeTrue(Neighbour.isPossible(), "making a network namespace needs root");
        try (Neighbour world = Neighbour.at(WORLD, ELSEWHERE)) {
            assertThat(world.answers(ELSEWHERE)).isTrue();
            Fault dumb = faults.noNames();
            assertThat(asksForNames()).isFalse();
            Fault away = faults.unreachable(WORLD, "2001:db8::/32");
            assertThat(reaches(WORLD)).isFalse();
            assertThat(reaches(ELSEWHERE)).isTrue();

            dumb.close();
            assertThat(asksForNames()).isTrue();
            assertThat(reaches(WORLD)).isFalse();

            away.close();
            assertThat(reaches(WORLD)).isTrue();
            assertThat(faults.inForce()).isEmpty();
        }
    }

    @Test
    @Order(1)
    void a_destination_is_an_address() {
        for (String[] wrong : new String[][] {{}, {"pkgs.netbird.io"}, {"192.0.2.2", "192.0.2.2/33"}}) {
            assertThatThrownBy(() -> faults.unreachable(wrong))
                    .isInstanceOf(HarnessException.class)
                    .hasMessageContaining("it is no address");
        }
        assertThat(faults.inForce()).isEmpty();
    }

    @Test
    @Order(2)
    void a_link_that_is_down_has_no_carrier() {
        int before = carrierChanges();

        faults.linkDown();
        assertThat(ssh().state()).isNotEqualTo(PortState.OPEN);
        faults.undoAll();

        assertThat(ssh().state()).isEqualTo(PortState.OPEN);
        assertThat(carrierChanges()).isEqualTo(before + 2);
    }

    private static Reach ssh() {
        return rehearsal.vm().reach(Service.tcp(22)).from("admin");
    }

    private static int carrierChanges() {
        return Integer.parseInt(run("cat /sys/class/net/e*/carrier_changes"));
    }

    @Test
    @Order(2)
    void a_slow_guest_takes_longer_for_the_same() {
        Duration usual = toil();
        try (Fault slow = faults.slow(20)) {
            assertThat(slow.isInForce()).isTrue();
            assertThat(toil()).isGreaterThan(usual.multipliedBy(2));
        }
        assertThat(toil()).isLessThan(usual.multipliedBy(2));
    }

    /** Some work for one processor. */
    private static Duration toil() {
        CommandResult done = rehearsal.vm()
                .shell()
                .run("i=0; while [ $i -lt 150000 ]; do i=$((i + 1)); done", rehearsal.vm().patience(QUICK));
        assertThat(done.succeeded()).isTrue();
        return done.took();
    }

    // Made inside the guest.

    @Test
    @Order(3)
    void a_flushed_ruleset_comes_back_whole() {
        run(CONTAINER);
        run(
                """
                nft -f - <<'END'
                table inet filter {
                    set friends { type ipv4_addr; flags interval; elements = { 192.0.2.0/24 }; }
                    chain input { type filter hook input priority 0; policy accept; ip saddr @friends accept; }
                }
                END
                """);
        String before = rules();
        assertThat(before).contains("192.0.2.0/24", "DNAT", "MASQUERADE");

        faults.flushedRuleset();
        assertThat(run("nft list ruleset")).isEmpty();

        faults.undoAll();
        assertThat(rules()).isEqualTo(before);
    }

    private static String rules() {
        return run("nft list table inet filter; iptables-save; ip6tables-save")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll("\\[\\d+:\\d+]", ""))
                .reduce("", (all, line) -> all + line + "\n");
    }

    private static final String CONTAINER =
            """
            systemctl start docker
            root=$(mktemp -d)
            mkdir "$root/bin"
            cp /bin/busybox "$root/bin/"
            tar --create --directory "$root" . | docker import - toy:1 >/dev/null
            rm -r "$root"
            docker run --detach --name toy --publish 8080:80 toy:1 /bin/busybox sleep 1000000 >/dev/null
            """;

    @Test
    @Order(4)
    void a_killed_container_is_dead_until_somebody_starts_it() {
        faults.killedContainer("toy");
        assertThat(run("docker wait toy")).isEqualTo("137");

        faults.undoAll();
        assertThat(run("docker inspect --format '{{ .State.Status }}' toy")).isEqualTo("running");
    }

    @Test
    @Order(4)
    void a_full_disk_has_no_room_for_root_either() {
        String write = "dd if=/dev/zero of=/var/proof bs=64k count=1 && rm /var/proof";
        run(write);

        faults.fullDisk("/var");
        assertThat(rehearsal.vm().shell().run(write, QUICK).stderr()).contains("No space left on device");

        faults.undoAll();
        run("rm -f /var/proof && " + write);
    }

    @Test
    @Order(4)
    void what_is_not_there_cannot_break() {
        assertThatThrownBy(() -> faults.killedContainer("no-such"))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("\"killed container: no-such\"")
                .hasMessageContaining("No such");
        assertThat(faults.inForce()).isEmpty();
    }

    // Over reboots.

    @Test
    @Order(5)
    void faults_that_last_outlive_a_clean_reboot() {
        faults.wrongClock(Duration.ofDays(3));
        faults.noEgress();
        assertBroken();

        rehearsal.reboot(RebootKind.CLEAN);
        assertBroken();

        faults.undoAll();
        assertThat(clockError()).isCloseTo(0, within(5L));
        assertThat(Long.parseLong(run("cat /sys/class/rtc/rtc0/since_epoch")))
                .isCloseTo(Instant.now().getEpochSecond(), within(5L));
        assertThat(asksForNames()).isTrue();
    }

    private static void assertBroken() {
        assertThat(clockError()).isCloseTo(Duration.ofDays(3).toSeconds(), within(60L));
        assertThat(asksForNames()).isFalse();
    }

    /** How many seconds the guest's clock is ahead. */
    private static long clockError() {
        return Long.parseLong(run("date +%s")) - Instant.now().getEpochSecond();
    }

    @Test
    @Order(6)
    void a_slow_guest_is_slow_after_a_power_loss_too() throws IOException {
        faults.slow(60);

        Fault loss = faults.powerLoss();

        assertThat(loss.isInForce()).isFalse();
        assertThat(rehearsal.directory().record().reboots())
                .extracting(Reboot::kind)
                .containsExactly("clean", "power-loss");
        long before = throttled();
        toil();
        assertThat(throttled()).as("how often the processors had to wait").isGreaterThan(before);
    }

    /** How often the kernel has made the guest's processors wait because they had used their share (cgroups, cpu.stat). */
    private static long throttled() throws IOException {
        Pattern processor = Pattern.compile(".*/[^/]*boma(-|\\\\x2d)it(-|\\\\x2d)askari[./].*vcpu\\d+/cpu\\.stat");
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(Path.of("/sys/fs/cgroup"), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (processor.matcher(file.toString()).matches()) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE; // groups come and go
            }
        });
        assertThat(found).as("the control groups of the guest's processors").isNotEmpty();
        long sum = 0;
        for (Path file : found) {
            sum += Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith("nr_throttled "))
                    .mapToLong(line -> Long.parseLong(line.substring("nr_throttled ".length())))
                    .sum();
        }
        return sum;
    }

    @Test
    @Order(7)
    void the_timeline_tells_of_every_fault_and_of_its_end() {
        List<String> told = rehearsal.directory().record().steps().stream()
                .filter(step -> step.name().equals("fault") || step.name().equals("undo"))
                .map(step -> step.name() + " " + step.detail() + " " + step.status())
                .toList();

        assertThat(told)
                .containsSubsequence("fault link down passed", "undo link down passed")
                .containsSubsequence(
                        "fault wrong clock: +259200 s passed",
                        "fault no egress passed",
                        "undo no egress passed",
                        "undo wrong clock: +259200 s passed")
                .containsSubsequence(
                        "fault slow: 60 % of a processor passed",
                        "fault power loss passed",
                        "undo slow: 60 % of a processor passed");
        assertThat(faults.inForce()).isEmpty();
    }

    private static boolean reaches(String host) {
        return rehearsal.vm().shell().run("ping -c 2 -W 2 " + host, QUICK).succeeded();
    }

    private static boolean asksForNames() {
        return rehearsal.vm().shell().run("dig +time=3 +tries=1 @198.51.100.1 localhost", QUICK).succeeded();
    }

    /** Runs a script that must succeed; returns what it printed. */
    private static String run(String script) {
        CommandResult result = rehearsal.vm().shell().run("set -e\n" + script, rehearsal.vm().patience(QUICK));
        assertThat(result.exitStatus()).as("%s: %s", script, result).isZero();
        return result.stdout().strip();
    }
}
