package me.wingu.boma.harness.assertions;

import static me.wingu.boma.harness.assertions.BomaAssertions.assertThat;
import static me.wingu.boma.harness.assertions.BomaAssertions.assertThatThrownBy;
import static me.wingu.boma.harness.assertions.BomaAssertions.tcp;
import static me.wingu.boma.harness.assertions.BomaAssertions.udp;
import static me.wingu.boma.harness.state.drift.Excuse.because;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.profile.HostProfile;
import me.wingu.boma.harness.profile.Profiles;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.profile.VantageAddress;
import me.wingu.boma.harness.rehearsal.CheckpointSettings;
import me.wingu.boma.harness.rehearsal.Lab;
import me.wingu.boma.harness.rehearsal.LabSettings;
import me.wingu.boma.harness.rehearsal.Progress;
import me.wingu.boma.harness.rehearsal.RebootKind;
import me.wingu.boma.harness.rehearsal.Rehearsal;
import me.wingu.boma.harness.rehearsal.Vm;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Reading;
import me.wingu.boma.harness.state.Subject;
import me.wingu.boma.harness.state.UnitStart;
import me.wingu.boma.harness.state.drift.Drift;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The state, its assertions and the drift on a real guest: what {@code truths.sh} made of it is read and asserted, what
 * {@code losses.sh} did to it is gone after a real reboot and must be named.
 */
@Tag("integration")
@ResourceLock("boma-it")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GuestIT {

    private static final Duration SCRIPT = Duration.ofMinutes(1);

    private Lab lab;
    private Rehearsal rehearsal;
    private HostState state;

    @BeforeAll
    void up(@TempDir Path runs) throws IOException {
        Profiles profiles = Profiles.discover();
        lab = Lab.open(
                LabSettings.ofThisProcess()
                        .withRuns(runs)
                        .withCheckpoints(new CheckpointSettings(runs.resolve("checkpoints"), 12, 7, false)),
                profiles,
                Progress.SILENT);
        HostProfile profile = withMesh(profiles.load("askari"));
        rehearsal = lab.begin(RehearsalPlan.of(profile, Optional.empty(), Optional.empty(), false));
        rehearsal.up();
        run("truths.sh");
        state = vm().state();
    }

    /** The same host, with a vantage in the mesh that {@code truths.sh} makes. */
    private static HostProfile withMesh(HostProfile profile) {
        Map<String, VantageAddress> vantages = new LinkedHashMap<>(profile.vantages());
        vantages.put("mesh", VantageAddress.of("100.99.0.9%wt0"));
        return profile.withVantages(vantages);
    }

    @AfterAll
    void down() {
        if (rehearsal != null && rehearsal.hasGuest()) {
            rehearsal.down();
        }
        if (lab != null) {
            lab.close();
        }
    }

    private Vm vm() {
        return rehearsal.vm();
    }

    private void run(String script) throws IOException {
        try (InputStream in = GuestIT.class.getResourceAsStream(script)) {
            CommandResult result =
                    vm().shell().run(new String(in.readAllBytes(), StandardCharsets.UTF_8), vm().patience(SCRIPT));
            assertThat(result).as(script).succeeded();
        }
    }

    @Test
    @Order(1)
    void should_know_every_subject() {
        assertThat(Subject.all())
                .allSatisfy(subject -> assertThat(state.reading(subject).find())
                        .as("%s: %s", subject.name(), state.reading(subject) instanceof Reading.Missing<?> m ? m : "")
                        .isPresent());
    }

    @Test
    @Order(1)
    void should_tell_of_units_what_systemctl_shows() {
        String shown = vm().shell().run("""
                systemctl show --no-pager -p Id,Type,Result,ExecMainStatus,After,Requires,Wants,WantedBy,TriggeredBy,Triggers,\
                NeedDaemonReload,TimersCalendar,TimersMonotonic '*.service' '*.socket' '*.timer' '*.path' '*.target'
                """, vm().patience(SCRIPT)).stdout();
        String unquoted = shown.replace("\"", "").replace("\\\\", "\\"); // it quotes names with backslashes
        Map<String, String> bySystemctl = Stream.of(unquoted.strip().split("\n\n+"))
                .map(block -> block.lines()
                        .map(line -> line.split("=", 2))
                        .collect(Collectors.groupingBy(
                                line -> line[0], Collectors.mapping(line -> line[1], Collectors.joining(" ")))))
                .collect(Collectors.toMap(unit -> unit.get("Id"), GuestIT::asShown));
        Map<String, String> byState =
                state.startup().all().stream().collect(Collectors.toMap(UnitStart::name, GuestIT::asRead));

        byState.keySet().removeIf(name -> name.endsWith(".mount"));
        assertThat(byState).hasSizeGreaterThan(60).containsExactlyInAnyOrderEntriesOf(bySystemctl);
    }

    private static String asShown(Map<String, String> unit) {
        String schedule = Pattern.compile("\\{ ([^;{}]+?) ;")
                .matcher(unit.getOrDefault("TimersCalendar", "") + unit.getOrDefault("TimersMonotonic", ""))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.joining(","));
        String links = Stream.of("After", "Requires", "Wants", "WantedBy", "TriggeredBy", "Triggers")
                .map(key -> Stream.of(unit.getOrDefault(key, "").split(" ")).sorted().collect(Collectors.joining(" ")))
                .collect(Collectors.joining("|"));
        return String.join("|", unit.getOrDefault("Type", ""), unit.getOrDefault("Result", ""),
                unit.getOrDefault("ExecMainStatus", "0"), unit.get("NeedDaemonReload"), schedule, links);
    }

    private static String asRead(UnitStart unit) {
        String links = Stream.of(
                        unit.after(), unit.requires(), unit.wants(), unit.wantedBy(), unit.triggeredBy(), unit.triggers())
                .map(names -> names.stream().sorted().collect(Collectors.joining(" ")))
                .collect(Collectors.joining("|"));
        return String.join("|", unit.type(), unit.result(), String.valueOf(unit.exitStatus()),
                unit.needsReload() ? "yes" : "no", String.join(",", unit.schedule()), links);
    }

    @TestFactory
    @Order(2)
    Stream<DynamicTest> should_pass_when_it_is_true() {
        return GuestFamilies.of(vm(), state)
                .map(family -> DynamicTest.dynamicTest(family.name(), () -> family.passes().call()));
    }

    @TestFactory
    @Order(3)
    Stream<DynamicTest> should_fail_with_what_is_true_instead() {
        return GuestFamilies.of(vm(), state)
                .map(family -> DynamicTest.dynamicTest(family.name(), () -> assertThatThrownBy(family.fails())
                        .isInstanceOf(AssertionError.class)
                        .message()
                        .matches("(?s)" + family.message())));
    }

    @Test
    @Order(4)
    void should_name_ten_losses_and_nothing_else() throws IOException {
        run("losses.sh");
        rehearsal.reboot(RebootKind.CLEAN);
        Drift drift = vm().drift();

        assertThat(drift)
                .hasLost("firewall", "tcp dport 9999 accept")
                .hasLost("interfaces", "address 192.0.2.77/32")
                .hasLost("containers", "loose running")
                .hasLost("units", "loose.service active")
                .hasLost("routes", "203.0.113.0/24")
                .hasLost("mounts", "/srv/loose")
                .hasLost("names", "hosts entry 192.0.2.9 loose.example")
                .hasLost("accounts", "user truth in group docker")
                .hasLost("units", "loose-timer.timer active");
        assertThat(drift.toString())
                .contains("changed kernel parameters: net.ipv4.tcp_keepalive_time: 1234 -> 7200")
                .contains("its restart policy is \"no\": docker update --restart unless-stopped loose")
                .contains("it was started, but is not enabled: systemctl enable loose.service")
                .contains("/etc/hosts lay in memory (tmpfs mounted on /etc/hosts)")
                .contains("/etc/group lay in memory (tmpfs mounted on /etc/group)")
                .contains("sysctl -w alone lasts until the reboot: write net.ipv4.tcp_keepalive_time to /etc/sysctl.d/*.conf");
        assertThat(drift).isEmptyExcept(
                because("planted", "firewall", "rule in inet truth input: tcp dport 9999 accept"),
                because("planted", "kernel parameters", "net\\.ipv4\\.tcp_keepalive_time.*"),
                because("planted", "interfaces", "address 192\\.0\\.2\\.77/32 on .*"),
                because("planted", "containers", "loose running"),
                because("planted", "units", "loose\\.service active|loose-timer\\.timer active"),
                because("planted", "routes", "203\\.0\\.113\\.0/24 .*"),
                because("planted; /etc/hosts and /etc/group were covered", "mounts", "/srv/loose|/etc/hosts|/etc/group"),
                because("planted", "names", "(hosts entry 192.0.2.9|answer for) loose\\.example|hosts entry .*loose.*"),
                because("planted", "accounts", "user truth in group docker"),
                because("wt0 was made by hand", "interfaces", "wt0|address 100\\.99\\.0\\.1/16 on wt0"),
                because("wt0 was made by hand", "WireGuard", "wt0|peer .* of wt0"),
                because("wt0 was made by hand", "sockets", "udp .*:51820"),
                because("wt0 was made by hand", "routes", "100\\.99\\.0\\.0/16 .*"),
                because("untruth.service is not enabled, so that it did not fail again", "units", "untruth\\.service .*"));
    }

    @Test
    @Order(5)
    void should_have_watched_the_boot_from_outside() {
        assertThat(vm().watchedBoot())
                .letsNothingInBeforeTheFirewall()
                .opens(tcp(8080), "stranger", Duration.ofMinutes(4))
                .opens(tcp(443), "stranger over IPv6", Duration.ofMinutes(4))
                .opens(udp(3478), "stranger", Duration.ofMinutes(4));
        assertThatThrownBy(() -> assertThat(vm().watchedBoot()).opens(tcp(8080), "stranger", Duration.ofMillis(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("(?s)Expecting 8080/tcp to be open from stranger within 1 ms but it was after \\d+ ms"
                        + "\n  seen:  firewall in force: \\+\\d+ ms .*");
        assertThat(rehearsal.directory().record().reboots().get(0).boot()).isPresent();
    }
}
