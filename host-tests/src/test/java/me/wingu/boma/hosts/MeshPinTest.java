package me.wingu.boma.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Role {@code base}, concern {@code mesh}: the pin in a file of names, on this machine and without any other host. */
class MeshPinTest {

    private static final String BEFORE = "127.0.0.1 localhost\n192.0.2.9 netbird.example.org.example.net\n";
    private static final String PINNED = BEFORE + "192.0.2.1 netbird.example.org\n";

    @TempDir
    private Path directory;

    private Path hosts;

    @BeforeEach
    void writeTheFileOfNames() throws IOException {
        hosts = Files.writeString(directory.resolve("hosts"), BEFORE);
    }

    @Test
    void nothing_happens_without_a_pin() throws Exception {
        assertThat(apply("https://netbird.example.org", "")).contains("changed=0");
        assertThat(hosts).hasContent(BEFORE);
    }

    @Test
    void nothing_happens_without_a_mesh() throws Exception {
        assertThat(apply("https://netbird.example.org", "192.0.2.1", "base__mesh_enabled=false")).contains("changed=0");
        assertThat(hosts).hasContent(BEFORE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://netbird.example.org",
                "https://netbird.example.org:33073",
                "https://netbird.example.org:443/api/v1?x=y",
                "http://netbird.example.org/",
                "netbird.example.org:443",
                "netbird.example.org"
            })
    void the_name_is_the_url_without_scheme_port_and_path(String url) throws Exception {
        apply(url, "192.0.2.1");
        assertThat(hosts).hasContent(PINNED);
    }

    @Test
    void a_new_address_takes_the_old_ones_place_and_a_second_run_changes_nothing() throws Exception {
        apply("https://netbird.example.org", "192.0.2.77");
        assertThat(apply("https://netbird.example.org", "192.0.2.1")).contains("changed=1");
        assertThat(hosts).hasContent(PINNED);
        assertThat(apply("https://netbird.example.org", "192.0.2.1")).contains("changed=0");
        assertThat(hosts).hasContent(PINNED);
    }

    /** Applies the tag {@code mesh} of the reference site's role to this test's file; returns what Ansible printed. */
    private String apply(String url, String pin, String... more) throws IOException, InterruptedException {
        Path site = Path.of("../profiles/site").toAbsolutePath().normalize();
        Path playbook = Files.writeString(
                directory.resolve("playbook.yml"),
                """
                - hosts: all
                  gather_facts: false
                  roles: [base]
                """);
        List<String> command = new ArrayList<>(List.of(
                "ansible-playbook", "--inventory", "this,", "--connection", "local", "--tags", "mesh",
                "--extra-vars", "base__hosts_file=" + hosts,
                "--extra-vars", "base__mesh_enabled=true",
                "--extra-vars", "base__mesh_management_url=" + url,
                "--extra-vars", "{\"base__mesh_coordinator_pin\": \"" + pin + "\"}"));
        for (String variable : more) {
            command.addAll(List.of("--extra-vars", variable));
        }
        command.add(playbook.toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("ANSIBLE_ROLES_PATH", site.resolve("roles").toString());
        builder.environment().put("ANSIBLE_LOCAL_TEMP", directory.resolve("tmp").toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
