package me.wingu.boma.harness.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import me.wingu.boma.harness.HarnessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskRunnerTest {

    @TempDir
    private Path packages;

    @Test
    void should_have_Mitogen_where_guests_are_emulated_and_it_can() throws IOException {
        assertThat(TaskRunner.choose("auto", true, withMitogenUpTo("2, 14"))).isEqualTo(TaskRunner.MITOGEN);
        assertThat(TaskRunner.choose("auto", false, withMitogenUpTo("2, 14"))).isEqualTo(TaskRunner.PLAIN);
        assertThat(TaskRunner.choose("auto", true, withMitogenUpTo("2, 13"))).isEqualTo(TaskRunner.PLAIN);
        assertThat(TaskRunner.choose("mitogen", false, withMitogenUpTo("2, 14"))).isEqualTo(TaskRunner.MITOGEN);
    }

    @Test
    void should_say_why_the_Mitogen_that_is_asked_for_cannot() throws IOException {
        Supplier<AnsibleInstallation> older = withMitogenUpTo("2, 13");

        assertThatThrownBy(() -> TaskRunner.choose("mitogen", true, older))
                .isInstanceOfSatisfying(
                        HarnessException.class, e -> assertThat(e.kind()).isEqualTo(HarnessException.Kind.MACHINE))
                .hasMessageContaining("it knows ansible-core up to 2.13, and 2.14.18 is installed")
                .hasMessageContaining("set boma.ansible (or BOMA_ANSIBLE) to plain");
    }

    private Supplier<AnsibleInstallation> withMitogenUpTo(String version) throws IOException {
        Files.createDirectories(packages.resolve("ansible"));
        Files.createDirectories(packages.resolve("ansible_mitogen"));
        Files.writeString(packages.resolve("ansible/release.py"), "__version__ = '2.14.18'\n");
        Files.writeString(packages.resolve("ansible_mitogen/loaders.py"), "ANSIBLE_VERSION_MAX = (" + version + ")\n");
        return () -> new AnsibleInstallation(Optional.empty(), Optional.of(packages));
    }

    @Test
    void should_leave_Ansible_alone_where_nothing_is_emulated() {
        assertThat(TaskRunner.choose("auto", false)).isEqualTo(TaskRunner.PLAIN);
        assertThat(TaskRunner.choose("Plain", true)).isEqualTo(TaskRunner.PLAIN);
    }

    @Test
    void should_refuse_a_word_that_it_does_not_know() {
        assertThatThrownBy(() -> TaskRunner.choose("fast", true))
                .isInstanceOfSatisfying(
                        HarnessException.class, e -> assertThat(e.kind()).isEqualTo(HarnessException.Kind.USAGE))
                .hasMessageContaining("\"fast\" is unknown")
                .hasMessageContaining("set boma.ansible (or BOMA_ANSIBLE) to auto, plain or mitogen");
    }
}
