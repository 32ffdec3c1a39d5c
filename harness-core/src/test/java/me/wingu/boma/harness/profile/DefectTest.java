package me.wingu.boma.harness.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import me.wingu.boma.harness.HarnessException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefectTest {

    @TempDir
    private Path directory;

    private DemoProject project;

    @BeforeEach
    void makeProject() {
        project = new DemoProject(directory);
    }

    @Test
    void should_find_none_without_a_file() {
        assertThat(defects()).isEmpty();
    }

    @Test
    void should_put_the_prelude_before_each_script() {
        project.write(
                "profiles/demo/sabotage.yml",
                """
                prelude: set -eu
                defects:
                  - {name: off, defect: it is off, plant: systemctl disable it}
                  - {name: late, defect: it is late, plant: "true", reboot: true}
                """);

        assertThat(defects())
                .containsExactly(
                        new Defect("off", "it is off", "set -eu\nsystemctl disable it", false),
                        new Defect("late", "it is late", "set -eu\ntrue", true));
    }

    @Test
    void should_tell_where_a_defect_lacks_its_script() {
        project.write("profiles/demo/sabotage.yml", "defects:\n  - name: off\n    defect: it is off\n");

        assertThatThrownBy(this::defects)
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("sabotage.yml:2")
                .hasMessageContaining("plant");
    }

    @Test
    void should_refuse_a_field_that_it_does_not_know() {
        project.write(
                "profiles/demo/sabotage.yml",
                "defects:\n  - {name: off, defect: it is off, plant: 'true', rebot: true}\n");

        assertThatThrownBy(this::defects).hasMessageContaining("rebot").hasMessageContaining("reboot");
    }

    @Test
    void should_refuse_two_defects_of_one_name() {
        project.write(
                "profiles/demo/sabotage.yml",
                "defects:\n  - {name: off, defect: it is off, plant: 'true'}\n  - {name: off, defect: gone, plant: 'false'}\n");

        assertThatThrownBy(this::defects)
                .hasMessageContaining("sabotage.yml:3: field \"defects[1]\" has the name of an earlier one");
    }

    private List<Defect> defects() {
        return Defect.of(project.host());
    }
}
