package me.wingu.boma.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContainerStatesTest {

    @Test
    void should_read_the_containers_in_the_order_of_their_ids_among_other_lines() {
        assertThat(ContainerStates.in("""
                        boot 1
                        containers [{"Id":"b","State":"exited","Labels":{"Id":"c","State":"running"}},{"Id":"a","State":"running"}]

                        clock 2
                        """))
                .isEqualTo(new ContainerStates("a running\nb exited", true));
    }

    @Test
    void should_know_that_there_are_none() {
        assertThat(ContainerStates.in("containers []\n")).isEqualTo(new ContainerStates("", true));
        assertThat(ContainerStates.in("boot 1\n")).isEqualTo(new ContainerStates("", true));
    }

    @Test
    void should_not_take_another_answer_for_none() {
        assertThat(ContainerStates.in("containers no answer: Connection refused at -e line 7.\n"))
                .isEqualTo(new ContainerStates("no answer: Connection refused at -e line 7.", false));
        assertThat(ContainerStates.in("containers {\"message\":\"server error\"}\n").told()).isFalse();
        assertThat(ContainerStates.in("containers \n").told()).isFalse();
    }

    @Test
    void should_ask_nobody_where_no_docker_runs() throws Exception {
        Process shell = new ProcessBuilder("sh", "-s").redirectErrorStream(true).start();
        try (var in = shell.outputWriter()) {
            in.write(ContainerStates.QUESTION.replace("/run/docker.pid", "/nowhere/docker.pid"));
        }
        assertThat(shell.inputReader().lines()).isEmpty();
        assertThat(shell.waitFor()).isZero();
    }
}
