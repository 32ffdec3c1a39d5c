package me.wingu.boma.harness.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a site names outside itself. */
class WaysOutTest {

    @TempDir
    private Path repository;

    @Test
    void should_find_what_relative_paths_lead_to() throws IOException {
        write("ansible/site.yml", "- hosts: all\n  vars_files: [../vars/common.yml,../vars/more.yml, vars/own.yml]\n");
        write("ansible/vars/own.yml", "port: 22\n");
        write("ansible/roles/base/tasks/main.yml", "- copy: {src: \"{{ playbook_dir }}/../files/motd\", dest: /etc/motd}\n");
        write("ansible/roles/base/templates/banner.j2", "{% include '../../../../shared/banner.j2' %}\n");
        Path common = write("vars/common.yml", "port: 22\n");
        Path more = write("vars/more.yml", "port: 22\n");
        Path motd = write("files/motd", "hello\n");
        Path banner = write("shared/banner.j2", "hello\n");
        write("vars/other.yml", "nobody names it\n");

        assertThat(WaysOut.of(repository.resolve("ansible"), repository.resolve("ansible/site.yml"))).containsExactlyInAnyOrder(common, more, motd, banner);
    }

    @Test
    void should_leave_out_what_is_within_around_or_nowhere() throws IOException {
        write("ansible/site.yml", "- hosts: all\n  vars_files: [roles/../vars/own.yml, ../ansible, ../nowhere.yml, ../../..]\n");
        write("ansible/vars/own.yml", "port: 22\n");

        assertThat(WaysOut.of(repository.resolve("ansible"), repository.resolve("ansible/site.yml"))).isEmpty();
    }

    private Path write(String name, String text) throws IOException {
        Path file = repository.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
