package me.wingu.boma.hosts;

import static me.wingu.boma.harness.assertions.BomaAssertions.assertThat;
import static me.wingu.boma.harness.assertions.BomaAssertions.tcp;
import static me.wingu.boma.harness.profile.CertTier.INTERNAL;
import static me.wingu.boma.harness.rehearsal.RebootKind.POWER_LOSS;
import static org.assertj.core.api.Assumptions.assumeThat;

import me.wingu.boma.harness.junit.AfterReboot;
import me.wingu.boma.harness.junit.IntegrationVm;
import me.wingu.boma.harness.rehearsal.Vm;
import me.wingu.boma.harness.state.drift.Drift;
import org.junit.jupiter.api.Test;

/** askari as it should be: a public Docker host that comes back from every reboot, and lets its operator in. */
@IntegrationVm(host = "askari", certs = INTERNAL)
class AskariIT {

    @Test
    void theFirewallDeniesByDefault(Vm vm) {
        assertThat(vm.nftables()).hook("input").dropsByDefault();
    }

    @Test
    void sshdListensOnEveryAddress(Vm vm) {
        assertThat(vm.sockets()).listener(tcp(22)).isOnEveryAddress();
    }

    @Test
    void sshdTakesKeysOnly(Vm vm) {
        assertThat(vm.sshd()).forbidsPasswords().forbidsRootLogin();
    }

    @Test
    void theFirewallLoadsAtBoot(Vm vm) {
        assertThat(vm.units()).named("nftables.service").isEnabled();
    }

    @Test
    void theOperatorGetsIn(Vm vm) {
        assertThat(vm.reach(tcp(22)).from("admin")).isOpen();
    }

    @Test
    void strangersDoNotReachSsh(Vm vm) {
        assertThat(vm.reach(tcp(22)).from("stranger")).isFiltered();
    }

    @Test
    void theProxyServes(Vm vm) {
        assertThat(vm.containers()).named("reverse-proxy").isRunning().survivesReboot();
        assertThat(vm.http("https://test.askari.wingu.me/").from("stranger")).hasStatus(200);
    }

    @AfterReboot
    void theContainerIsBack(Vm vm) {
        assertThat(vm.containers()).named("reverse-proxy").isRunning();
    }

    @AfterReboot
    void theOperatorStillGetsIn(Vm vm) {
        assertThat(vm.reach(tcp(22)).from("admin")).isOpen();
    }

    @AfterReboot
    void strangersStillDoNotReachSsh(Vm vm) {
        assertThat(vm.reach(tcp(22)).from("stranger")).isFiltered();
    }

    @AfterReboot
    void publishedPortsAreReachable(Vm vm) {
        assertThat(vm.reach(tcp(80)).from("stranger")).isOpen();
        assertThat(vm.reach(tcp(443)).from("stranger")).isOpen();
    }

    @AfterReboot
    void theProxyServesAgain(Vm vm) {
        assertThat(vm.http("https://test.askari.wingu.me/").from("stranger")).hasStatus(200);
        assertThat(vm.http("https://netbird.askari.wingu.me/").from("stranger")).hasStatus(200);
    }

    @AfterReboot
    void theRebootChangedNothing(Vm vm, Drift drift) {
        assumeThat(vm.scenario()).as("a scenario may plant losses; their effect is what it is about").isEmpty();
        assertThat(drift).isEmpty();
    }

    @AfterReboot(POWER_LOSS)
    void comesBackFromAPowerLoss(Vm vm) {
        assertThat(vm.reach(tcp(22)).from("admin")).isOpen();
        assertThat(vm.reach(tcp(443)).from("stranger")).isOpen();
        assertThat(vm.http("https://test.askari.wingu.me/").from("stranger")).hasStatus(200);
    }
}
