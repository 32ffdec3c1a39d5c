package me.wingu.boma.harness.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class CloudInitSeedTest {

    @TempDir
    private Path keys;

    private SshKeyPair hostKey;

    @BeforeEach
    void makeKeys() {
        hostKey = SshKeyPair.make(keys.resolve("host_ed25519"), "demo.example");
    }

    @Test
    void should_give_the_guest_its_name_account_and_keys() {
        JsonNode data = yaml(seed("demo.example").userData());

        assertThat(data.get("hostname").asString()).isEqualTo("demo");
        assertThat(data.get("fqdn").asString()).isEqualTo("demo.example");
        assertThat(data.get("ssh_pwauth").asBoolean()).isFalse();
        JsonNode user = data.get("users").get(0);
        assertThat(user.get("name").asString()).isEqualTo("ansible");
        assertThat(user.get("lock_passwd").asBoolean()).isTrue();
        assertThat(user.get("sudo").asString()).isEqualTo("ALL=(ALL) NOPASSWD:ALL");
        assertThat(user.get("ssh_authorized_keys").get(0).asString()).isEqualTo("ssh-ed25519 AAAA boma-it");
    }

    @Test
    void should_carry_the_host_key_unbroken() throws IOException {
        JsonNode pair = yaml(seed("demo").userData()).get("ssh_keys");

        assertThat(pair.get("ed25519_private").asString().strip())
                .isEqualTo(Files.readString(keys.resolve("host_ed25519")).strip());
        assertThat(pair.get("ed25519_public").asString()).isEqualTo(hostKey.publicLine());
    }

    @Test
    void should_begin_as_cloud_init_demands() {
        assertThat(seed("demo").userData()).startsWith("#cloud-config\n");
    }

    @Test
    void should_identify_the_instance() {
        JsonNode data = yaml(seed("Demo.example").metaData());

        assertThat(data.get("instance-id").asString()).isEqualTo("boma-it-1");
        assertThat(data.get("local-hostname").asString()).isEqualTo("demo");
    }

    @Test
    void should_make_keys_that_nobody_else_can_read() throws IOException {
        assertThat(Files.getPosixFilePermissions(hostKey.privateFile())).hasSize(2);
        assertThat(SshKeyPair.ensure(hostKey.privateFile(), "other").publicLine()).isEqualTo(hostKey.publicLine());
        assertThat(hostKey.publicLine()).startsWith("ssh-ed25519 ").endsWith(" demo.example");
    }

    private CloudInitSeed seed(String hostname) {
        return new CloudInitSeed("boma-it-1", hostname, "ansible", "ssh-ed25519 AAAA boma-it", hostKey);
    }

    private static JsonNode yaml(String text) {
        return new YAMLMapper().readTree(text);
    }
}
