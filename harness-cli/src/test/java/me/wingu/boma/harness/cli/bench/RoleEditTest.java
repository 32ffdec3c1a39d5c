package me.wingu.boma.harness.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.profile.DemoProject;
import me.wingu.boma.harness.profile.RehearsalPlan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoleEditTest {

    @TempDir
    private Path scratch;

    private DemoProject project;

    @BeforeEach
    void makeProject() {
        project = new DemoProject(scratch);
    }

    @Test
    void should_edit_a_copy_and_another_one_each_time() throws IOException {
        Path original = project.write("profiles/site/roles/base/tasks/main.yml", "- name: one\n");

        RoleEdit edit = new RoleEdit(plan(), scratch.resolve("copy"));
        RehearsalPlan first = edit.another();
        Path tasks = first.profile().site().directory().resolve("roles/base/tasks/main.yml");
        String once = Files.readString(tasks);
        edit.another();

        assertThat(first.profile().site().playbook()).isEqualTo(scratch.resolve("copy/site.yml")).exists();
        assertThat(once).startsWith("- name: one\n").contains("- name: A task that was added");
        assertThat(Files.readString(tasks)).startsWith(once).isNotEqualTo(once);
        assertThat(original).hasContent("- name: one");
    }

    @Test
    void should_refuse_a_host_without_a_task_to_edit() throws IOException {
        Files.delete(project.path("profiles/site/roles/base/tasks/main.yml"));
        project.write("profiles/site/roles/base/defaults/main.yml", "a: 1\n");

        assertThatThrownBy(() -> new RoleEdit(plan(), scratch.resolve("copy")))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("There is no role of demo to edit");
    }

    private RehearsalPlan plan() {
        return RehearsalPlan.of(project.host(), Optional.empty(), Optional.empty(), false);
    }
}
