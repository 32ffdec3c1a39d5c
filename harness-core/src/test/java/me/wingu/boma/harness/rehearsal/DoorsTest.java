package me.wingu.boma.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import me.wingu.boma.harness.probe.Service;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.RecordedHost;
import org.junit.jupiter.api.Test;

class DoorsTest {

    @Test
    void should_name_what_listens_for_others_and_what_containers_publish() {
        HostState state = new RecordedHost().state("askari");

        assertThat(Doors.of(state))
                .contains(Service.tcp(22), Service.tcp(443), Service.tcp(8080))
                .doesNotContain(Service.tcp(8125))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void should_name_nothing_when_nothing_is_known() {
        HostState state = new RecordedHost().without("sockets", "ss").without("docker", "docker").state("askari");

        assertThat(Doors.of(state)).isEmpty();
    }
}
