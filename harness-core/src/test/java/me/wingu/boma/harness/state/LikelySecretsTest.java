package me.wingu.boma.harness.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is masked in text that other people's programs wrote, and what is not. */
class LikelySecretsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "agent --token abc --port 80 | agent --token *** --port 80",
        "backup DB_PASSWORD=s3cret run | backup DB_PASSWORD=*** run",
        "api_key: 'abc def', next | api_key: ***, next",
        "curl https://me:pw@host.example/x | curl https://me:***@host.example/x",
        "password authentication is off | password authentication is off",
        "sshd: /usr/sbin/sshd -D | sshd: /usr/sbin/sshd -D"
    })
    void should_mask_only_what_looks_like_a_secret(String text, String masked) {
        assertThat(LikelySecrets.masked(text)).isEqualTo(masked);
    }
}
