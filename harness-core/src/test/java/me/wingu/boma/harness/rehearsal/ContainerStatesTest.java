package me.wingu.boma.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerStatesTest {

    @Test
    void should_read_the_containers_in_the_order_of_their_ids_among_other_lines() {
        assertThat(ContainerStates.in("""
                        boot 1
                        containers [{"Id":"b","State":"exited","Labels":{"Id":"c","State":"running"}},{"Id":"a","State":"running"}]

                        clock 2
                        """))
                .isEqualTo(new ContainerStates("a running\nb exited", true, true));
    }

    @ParameterizedTest
    @CsvSource({
        "running, Up 3 seconds, true",
        "running, Up 3 seconds (healthy), true",
        "running, Up 3 seconds (unhealthy), true",
        "exited, Exited (0) 3 seconds ago, true",
        "running, Up 3 seconds (health: starting), false",
        "restarting, Restarting (1) 3 seconds ago, false",
        "created, Created, false"
    })
    void should_know_who_is_about_to_become_another(String state, String status, boolean settled) {
        String steady = "{\"Id\":\"a\",\"State\":\"running\",\"Status\":\"Up 2 hours\"}";
        String one = "{\"Id\":\"b\",\"State\":\"%s\",\"Status\":\"%s\"}".formatted(state, status);

        assertThat(ContainerStates.in("containers [" + steady + "," + one + "]\n").settled()).isEqualTo(settled);
    }

    @Test
    void should_know_that_there_are_none() {
        assertThat(ContainerStates.in("containers []\n")).isEqualTo(new ContainerStates("", true, true));
        assertThat(ContainerStates.in("boot 1\n")).isEqualTo(new ContainerStates("", true, true));
    }

    @Test
    void should_not_take_another_answer_for_none() {
        assertThat(ContainerStates.in("containers no answer: Connection refused at -e line 7.\n"))
                .isEqualTo(new ContainerStates("no answer: Connection refused at -e line 7.", false, false));
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
