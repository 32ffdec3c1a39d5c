package me.wingu.boma.harness.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnsibleInstallationTest {

    @TempDir
    private Path packages;

    private AnsibleInstallation installation;

    @BeforeEach
    void install() throws IOException {
        write("ansible/release.py", "# made by hand\n__version__ = '2.14.18'\n");
        Files.createDirectory(packages.resolve("ansible_core-2.14.18.egg-info"));
        installation = new AnsibleInstallation(Optional.of(packages.resolve("ansible-playbook")), Optional.of(packages));
    }

    @Test
    void should_let_Mitogen_run_the_tasks_of_an_Ansible_that_it_knows() throws IOException {
        mitogenUpTo("(2, 14)");
        assertThat(installation.obstacleToMitogen()).isEmpty();

        mitogenUpTo("(2, 19)");
        assertThat(installation.obstacleToMitogen()).isEmpty();

        mitogenUpTo("(3, 0)");
        assertThat(installation.obstacleToMitogen()).isEmpty();
    }

    @Test
    void should_say_what_keeps_Mitogen_away() throws IOException {
        assertThat(installation.obstacleToMitogen()).contains("it is not installed in " + packages);

        mitogenUpTo("(2, 13)");
        assertThat(installation.obstacleToMitogen())
                .contains("it knows ansible-core up to 2.13, and 2.14.18 is installed");

        assertThat(new AnsibleInstallation(Optional.empty(), Optional.empty()).obstacleToMitogen())
                .contains("no ansible-core is found that it could belong to");
    }

    /** What carries the tasks out decides what a guest becomes, and so which saved guests a run may go on from. */
    @Test
    void should_tell_the_versions_of_all_that_applies_a_site() throws IOException {
        mitogenUpTo("(2, 14)");
        Files.createDirectory(packages.resolve("mitogen-0.3.3.egg-info"));

        assertThat(installation.version(TaskRunner.PLAIN)).isEqualTo("2.14.18 [ansible_core-2.14.18.egg-info]");
        assertThat(installation.version(TaskRunner.MITOGEN))
                .isEqualTo("2.14.18 [ansible_core-2.14.18.egg-info, mitogen-0.3.3.egg-info]");
        assertThat(new AnsibleInstallation(Optional.empty(), Optional.empty()).version(TaskRunner.PLAIN)).isEqualTo("none");
    }

    private void mitogenUpTo(String version) throws IOException {
        write("ansible_mitogen/loaders.py", "ANSIBLE_VERSION_MIN = (2, 10)\nANSIBLE_VERSION_MAX = " + version + "\n");
    }

    private void write(String file, String text) throws IOException {
        Path path = packages.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
