package me.wingu.boma.harness.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.Secrets;
import me.wingu.boma.harness.profile.CertTier;
import me.wingu.boma.harness.profile.HostProfile;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.profile.Secret;
import me.wingu.boma.harness.profile.Secret.Source;
import me.wingu.boma.harness.profile.Site;
import me.wingu.boma.harness.profile.Sizing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretValuesTest {

    private final Secrets struck = new Secrets();

    @TempDir
    private Path directory;

    @Test
    void should_nest_variables_with_dots_and_strike_their_values_out() throws IOException {
        Files.writeString(directory.resolve("token"), "  the-token\n");

        Map<String, Object> variables = values(
                secret("vault.gandi.pat", Source.FILE, directory.resolve("token").toString()),
                secret("vault.smtp", Source.COMMAND, "printf", "mail-pass\\n"));

        assertThat(variables)
                .isEqualTo(Map.of("vault", Map.of("gandi", Map.of("pat", "the-token"), "smtp", "mail-pass")));
        assertThat(struck.strike("the-token and mail-pass")).isEqualTo("******** and ********");
    }

    @Test
    void should_take_a_value_from_the_environment() {
        assertThat(values(secret("token", Source.ENVIRONMENT, "PATH"))).isEqualTo(Map.of("token", System.getenv("PATH").strip()));
    }

    @Test
    void should_not_ask_for_what_another_cert_tier_needs() {
        Secret production = new Secret(
                "token", Source.COMMAND, List.of("false"), Set.of(CertTier.LE_STAGING, CertTier.LE_PROD_WILDCARD));

        assertThat(values(production)).isEmpty();
    }

    @Test
    void should_name_the_place_of_a_value_that_is_missing() {
        assertThatThrownBy(() -> values(secret("token", Source.ENVIRONMENT, "BOMA_TEST_NEVER_SET")))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("needs the secret token")
                .hasMessageContaining("environment variable BOMA_TEST_NEVER_SET");
        assertThatThrownBy(() -> values(secret("token", Source.FILE, directory.resolve("none").toString())))
                .hasMessageContaining(directory.resolve("none").toString())
                .hasMessageContaining("it is not there");
    }

    @Test
    void should_tell_how_a_command_failed_and_nothing_of_its_output() {
        assertThatThrownBy(() -> values(secret("token", Source.COMMAND, "sh", "-c", "echo half-a-secret; exit 3")))
                .hasMessageContaining("status 3")
                .satisfies(e -> assertThat(e.getMessage().replace("echo half-a-secret", "")).doesNotContain("half-a-secret"));
        assertThatThrownBy(() -> values(secret("token", Source.COMMAND, "boma-no-such-command")))
                .hasMessageContaining("boma-no-such-command");
    }

    private static Secret secret(String variable, Source source, String... place) {
        return new Secret(variable, source, List.of(place), Set.of());
    }

    private Map<String, Object> values(Secret... secrets) {
        HostProfile profile = new HostProfile(
                "demo",
                "demo",
                directory,
                directory.resolve("overlay.yml"),
                "debian-13",
                Sizing.DEFAULT,
                new Site(directory, directory.resolve("site.yml"), List.of("base"), List.of(), false),
                Map.of(),
                List.of(secrets),
                List.of(),
                List.of(),
                Map.of());
        return new SecretValues(
                        RehearsalPlan.of(profile, Optional.empty(), Optional.empty(), false), struck)
                .variables();
    }
}
