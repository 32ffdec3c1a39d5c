package me.wingu.boma.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import me.wingu.boma.harness.junit.HostTestReport;
import me.wingu.boma.harness.junit.HostTestReport.Ending;
import me.wingu.boma.harness.junit.HostTests;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The incident of 2026-06-17, replayed: what took askari down must turn exactly the tests red that describe the outage.
 * If it does not, the rehearsal is not faithful.
 */
@Tag("integration")
@ResourceLock("boma-it")
class IncidentReplayIT {

    /** Hazard H1: a default-deny forward chain, loaded at boot before Docker, that knows nothing of its containers. */
    @Test
    void aForwardChainWithoutContainersKillsPublishedPortsAtTheReboot() {
        HostTestReport report = HostTests.of(AskariIT.class)
                .with("boma.scenario", "forward-drop")
                .with("boma.keep", "never")
                .run();

        assertThat(report.names(Ending.FAILED))
                .as("the tests that fail under the bad firewall: %s", report.failures())
                .containsExactlyInAnyOrder(
                        "publishedPortsAreReachable",
                        "theProxyServesAgain",
                        "comesBackFromAPowerLoss");
        assertThat(report.names(Ending.PASSED))
                .as("all is well before the reboot, and the operator gets in after it")
                .contains(
                        "theOperatorGetsIn",
                        "theProxyServes",
                        "theContainerIsBack",
                        "theOperatorStillGetsIn",
                        "strangersStillDoNotReachSsh");
        assertThat(report.exitStatus()).isEqualTo(1);
    }
}
