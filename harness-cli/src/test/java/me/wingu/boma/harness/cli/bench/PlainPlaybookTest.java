package me.wingu.boma.harness.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.profile.Profiles;
import me.wingu.boma.harness.profile.RehearsalPlan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class PlainPlaybookTest {

    @TempDir
    private Path scratch;

    @BeforeEach
    void makeSite() throws IOException {
        write("profiles/site/site.yml", "- hosts: all\n");
        write("profiles/site/roles/base/tasks/main.yml", "- name: one\n");
        write("profiles/demo/overlay.yml", "base__x: 1\n");
        write("profiles/demo/profile.json", "{ \"host\": \"demo\", \"roles\": [\"base\"] }\n");
    }

    @Test
    void should_hand_over_the_variables_that_the_harness_does() throws IOException {
        assertThat(new PlainPlaybook(plan(), scratch).arguments())
                .containsExactly(
                        "--extra-vars", "@" + scratch.resolve("profiles/demo/overlay.yml"),
                        "--extra-vars", "@" + scratch.resolve("variables.json"));
        assertThat(JsonMapper.shared().readTree(Files.readString(scratch.resolve("variables.json"))).toString())
                .contains("\"boma_roles\":[\"base\"]", "\"boma_host\":\"demo\"", "\"boma_cert_tier\":\"internal\"", "\"admin\":\"198.51.100.1\"");
    }

    @Test
    void should_leave_an_overlay_of_comments_out() throws IOException {
        write("profiles/demo/overlay.yml", "# nothing differs\n");

        assertThat(new PlainPlaybook(plan(), scratch).arguments()).hasSize(2);
    }

    @Test
    void should_refuse_a_site_that_takes_secrets() throws IOException {
        write(
                "profiles/demo/profile.json",
                "{ \"host\": \"demo\", \"roles\": [\"base\"], \"secrets\": { \"token\": { \"env\": \"TOKEN\" } } }\n");

        assertThatThrownBy(() -> new PlainPlaybook(plan(), scratch))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("it takes secrets");
    }

    private RehearsalPlan plan() {
        return RehearsalPlan.of(
                Profiles.in(scratch.resolve("profiles")).load("demo"), Optional.empty(), Optional.empty(), false);
    }

    private void write(String name, String text) throws IOException {
        Path file = scratch.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
