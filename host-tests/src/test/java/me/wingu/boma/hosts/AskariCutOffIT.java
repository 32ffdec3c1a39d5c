package me.wingu.boma.hosts;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static me.wingu.boma.harness.assertions.BomaAssertions.assertThat;
import static me.wingu.boma.harness.assertions.BomaAssertions.eventually;
import static me.wingu.boma.harness.assertions.BomaAssertions.tcp;
import static me.wingu.boma.harness.profile.CertTier.LE_STAGING;
import static me.wingu.boma.harness.state.Subject.CONTAINERS;

import java.util.List;
import me.wingu.boma.harness.junit.AfterReboot;
import me.wingu.boma.harness.junit.IntegrationVm;
import me.wingu.boma.harness.rehearsal.Vm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * askari boots while the world is gone: no registry, no name servers, no time servers, no certificate authority. It comes
 * back all the same, with the certificates that it has. Asked for by {@code -Dboma.replay=all}, as the replays are.
 */
@EnabledIfSystemProperty(named = "boma.replay", matches = "all")
@IntegrationVm(host = "askari", certs = LE_STAGING, scenario = "cut-off")
class AskariCutOffIT {

    private static final List<String> SITES = List.of("test.askari.wingu.me", "netbird.askari.wingu.me");

    @BeforeAll
    static void cutOff(Vm vm) {
        vm.faults().noEgress();
    }

    @AfterReboot
    void theOperatorGetsIn(Vm vm) {
        assertThat(vm.reach(tcp(22)).from("admin")).isOpen();
        eventually(vm.settling(ofSeconds(60)), () -> assertThat(vm.reach(tcp(22)).from("mesh")).isOpen());
    }

    @AfterReboot
    void theSitesAreServedWithTheCertificatesThatAreThere(Vm vm) {
        for (String site : SITES) {
            eventually(
                    vm.settling(ofSeconds(60)),
                    () -> assertThat(vm.http("https://" + site + "/").from("stranger")).hasStatus(200));
            assertThat(vm.tls(site).from("stranger")).isFor(site).isValidFor(ofHours(24));
        }
    }

    @AfterReboot
    void theContainersAreThereWithoutARegistry(Vm vm) {
        eventually(vm.settling(ofSeconds(60)), () -> {
            for (String container : List.of("reverse-proxy", "netbird-coordinator")) {
                assertThat(vm.refresh(CONTAINERS).containers()).named(container).isHealthy();
            }
        });
        assertThat(vm.containers()).named("netbird-stun").isRunning();
    }

    /** A renewal cannot work; it fails, and takes nothing away. */
    @AfterReboot
    void aRenewalWithoutTheAuthorityHarmsNothing(Vm vm) {
        assertThat(vm.units()).named("pebble.service").isInactive();
        assertThat(vm.shell().run("systemctl start acme-renew.service", vm.patience(ofSeconds(60))).succeeded())
                .as("a renewal without an authority")
                .isFalse();
        assertThat(vm.shell().run("systemctl reset-failed acme-renew.service", ofSeconds(30))).succeeded();
        assertThat(vm.http("https://" + SITES.get(0) + "/").from("stranger")).hasStatus(200);
    }

    @AfterReboot
    void nothingFailed(Vm vm) {
        assertThat(vm.units()).noneFailed();
        assertThat(vm.units()).named("nftables.service").isEnabled();
    }
}
