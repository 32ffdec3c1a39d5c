package org.example;

import static me.wingu.boma.harness.assertions.BomaAssertions.assertThat;

import me.wingu.boma.harness.junit.AfterReboot;
import me.wingu.boma.harness.junit.IntegrationVm;
import me.wingu.boma.harness.rehearsal.Vm;
import me.wingu.boma.harness.state.drift.Drift;

@IntegrationVm(host = "web")
class WebIT {

    @AfterReboot
    void servesThePage(Vm vm) {
        assertThat(vm.http("http://web.example.org/").from("stranger")).hasStatus(200).bodyContains("rehearsed");
    }

    @AfterReboot
    void losesNothing(Drift drift) {
        assertThat(drift).isEmpty();
    }
}
