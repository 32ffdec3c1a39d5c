package me.wingu.boma.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.util.concurrent.Callable;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class BomaItTest {

    private final Terminal terminal = new Terminal();

    @Test
    void should_refuse_a_bare_command_and_show_the_usage() {
        assertThat(terminal.run()).isEqualTo(2);
        assertThat(terminal.err()).contains("Missing a command.", "Usage: boma-it");
    }

    @Test
    void should_print_the_exit_statuses_in_the_help() {
        assertThat(terminal.run("--help")).isZero();
        assertThat(terminal.out()).contains("3   this machine cannot run it");
    }

    @Test
    void should_tell_a_failure_without_a_stack_trace_and_exit_as_its_kind_says() {
        Fails work = new Fails(new HarnessException(Kind.MACHINE, "Booting failed.", "no KVM", "enable it"));

        int status = terminal.run(BomaIt.commandLine().addSubcommand(work), "fails");

        assertThat(status).isEqualTo(3);
        assertThat(terminal.err()).isEqualToNormalizingNewlines("""
                Booting failed.
                  seen: no KVM
                  next: enable it
                """);
    }

    @Test
    void should_call_a_file_that_cannot_be_read_this_machine_s_matter() {
        Fails work = new Fails(new UncheckedIOException("listing /profiles", new AccessDeniedException("/profiles")));

        int status = terminal.run(BomaIt.commandLine().addSubcommand(work), "fails");

        assertThat(status).isEqualTo(3);
        assertThat(terminal.err()).isEqualToNormalizingNewlines("""
                Failed: listing /profiles.
                  seen: AccessDeniedException: /profiles
                  next: see whether the file is there and this user may read and write it, and whether the disk has room (df -h)
                """);
    }

    @Test
    void should_call_a_program_that_cannot_be_started_this_machine_s_matter() {
        Callable<Integer> work = () -> new ProcessBuilder("/none/ssh").start().waitFor();

        int status = terminal.run(BomaIt.commandLine().addSubcommand("fails", new Starts(work)), "fails");

        assertThat(status).isEqualTo(3);
        assertThat(terminal.err()).contains("Cannot run program \"/none/ssh\"").doesNotContain("\tat ");
    }

    @Test
    void should_show_the_stack_trace_of_an_error_of_its_own() {
        Fails work = new Fails(new IllegalStateException("impossible"));

        assertThat(terminal.run(BomaIt.commandLine().addSubcommand(work), "fails")).isEqualTo(70);
        assertThat(terminal.err()).contains("please report", "IllegalStateException: impossible", "at me.wingu");
    }

    @Command(name = "fails")
    private record Starts(Callable<Integer> work) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            return work.call();
        }
    }

    @Command(name = "fails")
    private static final class Fails implements Callable<Integer> {
        private final RuntimeException failure;

        Fails(RuntimeException failure) {
            this.failure = failure;
        }

        @Override
        public Integer call() {
            throw failure;
        }
    }
}
