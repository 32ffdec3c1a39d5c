package me.wingu.boma.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import me.wingu.boma.harness.junit.AfterReboot;
import me.wingu.boma.harness.junit.HostTestReport;
import me.wingu.boma.harness.junit.HostTestReport.Ending;
import me.wingu.boma.harness.junit.HostTests;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The incident of 2026-06-17, replayed hazard by hazard: each must turn exactly the tests of {@link AskariIT} red that describe
 * the outage, and say what it was. Where it does not, the rehearsal is not faithful.
 *
 * <p>Each replay takes a machine of its own, and some fifteen minutes where it is emulated: they are asked for by
 * {@code -Dboma.replay=all}.
 */
@EnabledIfSystemProperty(named = "boma.replay", matches = "all")
@Tag("integration")
@ResourceLock("boma-it")
class IncidentReplayIT {

    /** H1: a default-deny forward chain, loaded at boot before Docker, that knows nothing of its containers. */
    @Test
    void aForwardChainWithoutContainersKillsPublishedPortsAtTheReboot() {
        HostTestReport report = replay("forward-drop");

        assertFailed(
                report,
                "publishedPortsStillLeadToTheProxy",
                "containersStillReachOut",
                "publishedPortsAreReachable",
                "theProxyServesAgain",
                "theCoordinatorsSiteIsServedAgain",
                "certificatesAreStillOfTheTier",
                // The proxy reaches the coordinator over a bridge whose traffic the forward chain judges, too.
                "theMeshIsUpAgain",
                "theMeshStillLeadsToSsh",
                "theMeshIsUpAfterAPowerLoss",
                "theMeshLeadsToSshAfterAPowerLoss",
                "publishedPortsAreReachableAfterAPowerLoss",
                "theProxyServesAfterAPowerLoss",
                "theCoordinatorsSiteIsServedAfterAPowerLoss",
                "certificatesAreOfTheTierAfterAPowerLoss");
        assertThat(message(report, "publishedPortsStillLeadToTheProxy")).contains("inet filter forward");
    }

    /** H1's second answer: the same forward chain, with a drop-in for the containers. */
    @Test
    void aDropInLetsTheContainersThrough() {
        assertFailed(replay("forward-drop-in"));
    }

    /** H2: sshd is bound to an address that does not exist yet when it starts. */
    @Test
    void sshdOnTheMeshAddressHasNoListenerAfterTheReboot() {
        HostTestReport report = replay("ssh-on-mesh-only");

        assertFailed(report, withAllAfterAReboot("sshdListensOnEveryAddress", "theOperatorIsNotLockedOutByTheNextBoot"));
        assertThat(report.exitStatus()).isEqualTo(4);
        assertThat(message(report, "theOperatorStillGetsIn"))
                .as("the console is the only witness")
                .contains("the console testifies:", "sshd does not listen on 100.99.0.1, port 22: Cannot assign requested address");
    }

    /** H3: the way in hangs on the mesh, and the mesh on a service of the host itself. */
    @Test
    void withoutABreakGlassNobodyGetsInWhenTheCoordinatorStaysDown() {
        HostTestReport report = replay("mesh-only");

        assertFailed(
                report,
                withAllAfterAReboot(
                        "theOperatorIsNotLockedOutByTheNextBoot",
                        "theNextBootAdmitsTheAgreedServicesAndNothingElse",
                        "theCoordinatorIsHealthy",
                        // A coordinator that Docker does not start again stays down already when it is killed.
                        "theCoordinatorComesUpWithoutEgress"));
        assertThat(report.exitStatus()).isEqualTo(4);
        assertThat(message(report, "theOperatorStillGetsIn"))
                .as("the console is the only witness")
                .contains(
                        "the console testifies:",
                        "waiting for the coordinator https://netbird.askari.wingu.me:443 (netbird.askari.wingu.me is 127.0.0.1)");
    }

    /** H3's answer: the coordinator and the mesh are down, and the operator gets in all the same. */
    @Test
    void theBreakGlassStaysOpenWhenTheCoordinatorStaysDown() {
        HostTestReport report = replay("coordinator-down");

        assertFailed(
                report,
                "theCoordinatorIsHealthy",
                "theCoordinatorComesUpWithoutEgress",
                "theCoordinatorIsHealthyAgain",
                "theCoordinatorIsHealthyAfterAPowerLoss",
                "theCoordinatorsSiteIsServedAgain",
                "theCoordinatorsSiteIsServedAfterAPowerLoss",
                "theMeshIsUpAgain",
                "theMeshIsUpAfterAPowerLoss",
                "theMeshStillLeadsToSsh",
                "theMeshLeadsToSshAfterAPowerLoss");
    }

    /** H4: the coordinator dies in a loop, because it cannot download its geolocation database. */
    @Test
    void aCoordinatorWithoutItsDatabaseDiesInALoop() {
        HostTestReport report = replay("geo-not-seeded");

        assertFailed(
                report,
                "theCoordinatorIsHealthy",
                "theCoordinatorComesUpWithoutEgress",
                "theCoordinatorIsHealthyAgain",
                "theCoordinatorIsHealthyAfterAPowerLoss",
                "theCoordinatorsSiteIsServed",
                "theCoordinatorsSiteIsServedAgain",
                "theCoordinatorsSiteIsServedAfterAPowerLoss",
                "theMeshIsUp",
                "theMeshIsUpAgain",
                "theMeshIsUpAfterAPowerLoss",
                "theMeshLeadsToSsh",
                "theMeshStillLeadsToSsh",
                "theMeshLeadsToSshAfterAPowerLoss",
                "theOperatorIsNotLockedOutByTheNextBoot");
        assertThat(message(report, "theCoordinatorIsHealthyAgain"))
                .contains("the download of the geolocation database from https://pkgs.netbird.io/", "failed");
    }

    /** H4's answers: the database is there before the first start, or its absence is not fatal. */
    @Test
    void aSeededDatabaseNeedsNoEgress() {
        assertFailed(replay("no-egress"));
    }

    @Test
    void anOptionalDatabaseNeedsNoEgress() {
        assertFailed(replay("geo-optional"));
    }

    private static HostTestReport replay(String scenario) {
        return HostTests.of(AskariIT.class)
                .with("boma.scenario", scenario)
                .with("boma.keep", "never")
                .run();
    }

    private static void assertFailed(HostTestReport report, String... expected) {
        assertThat(report.names(Ending.FAILED))
                .as("the tests that fail: %s", report.failures())
                .containsExactlyInAnyOrder(expected);
        assertThat(report.names(Ending.PASSED)).as("the tests that pass").isNotEmpty();
    }

    /** A host that nobody gets into any more fails every test that waits for a reboot. */
    private static String[] withAllAfterAReboot(String... others) {
        List<String> names = new ArrayList<>(List.of(others));
        Stream.of(AskariIT.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(AfterReboot.class))
                .forEach(method -> names.add(method.getName()));
        return names.toArray(String[]::new);
    }

    private static String message(HostTestReport report, String test) {
        return report.failures().stream()
                .filter(failure -> failure.name().equals(test))
                .flatMap(failure -> failure.failure().stream())
                .map(Throwable::getMessage)
                .findFirst()
                .orElseThrow();
    }
}
