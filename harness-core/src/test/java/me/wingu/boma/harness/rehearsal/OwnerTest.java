package me.wingu.boma.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnerTest {

    @Test
    void should_find_this_process_alive() throws IOException {
        assertThat(Owner.self().alive()).isTrue();
        assertThat(Owner.self()).isEqualTo(Owner.self());
        assertThat(Owner.self().pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(Owner.self().bootId())
                .isEqualTo(Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip());
    }

    @Test
    void should_find_an_ended_process_dead() throws Exception {
        Process process = new ProcessBuilder(List.of("true")).start();
        process.waitFor();

        assertThat(new Owner(process.pid(), "1", Owner.self().bootId()).alive()).isFalse();
    }

    @Test
    void should_not_take_a_later_process_of_the_same_number_for_the_owner() {
        Owner self = Owner.self();

        assertThat(new Owner(self.pid(), self.startTicks() + "0", self.bootId()).alive()).isFalse();
    }

    @Test
    void should_find_every_process_of_an_earlier_boot_dead() {
        Owner self = Owner.self();

        assertThat(new Owner(self.pid(), self.startTicks(), Demo.DEAD.bootId()).alive()).isFalse();
    }

    @Test
    void should_read_past_a_program_name_with_spaces_and_parentheses() throws Exception {
        Path odd = Files.createTempDirectory("owner").resolve("a) S (b c");
        Files.copy(Path.of("/bin/sleep"), odd);
        Process process = new ProcessBuilder(List.of(odd.toString(), "60")).start();
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            String ticks = stat.substring(stat.lastIndexOf(") ")).split(" ", -1)[20];

            assertThat(new Owner(process.pid(), ticks, Owner.self().bootId()).alive()).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
            Files.delete(odd);
            Files.delete(odd.getParent());
        }
    }
}
