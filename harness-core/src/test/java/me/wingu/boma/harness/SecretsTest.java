package me.wingu.boma.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    private final Secrets secrets = new Secrets();

    @ParameterizedTest
    @ValueSource(strings = {
        "s3cr\"et/+x\\y",
        "s3cr\\\"et/+x\\\\y",
        "s3cr%22et%2F%2Bx%5Cy",
        "s3cr%22et/%2Bx%5Cy",
        "czNjciJldC8reFx5",
    })
    void should_strike_a_secret_in_every_spelling(String spelling) {
        secrets.add("s3cr\"et/+x\\y\n");

        assertThat(secrets.strike("token=" + spelling + ";")).isEqualTo("token=********;");
    }

    @Test
    void should_strike_the_longer_secret_whole() {
        secrets.add("abcd");
        secrets.add("abcd-efgh");

        assertThat(secrets.strike("abcd-efgh abcd")).isEqualTo("******** ********");
    }

    @Test
    void should_strike_each_line_of_a_key() {
        secrets.add("-----BEGIN KEY-----\nMIIBvTBXBgcqhkjOPQ\n-----END KEY-----\n");

        assertThat(secrets.strike("MIIBvTBXBgcqhkjOPQ")).isEqualTo(Secrets.MASK);
    }

    @Test
    void should_leave_alone_what_is_too_short_to_be_a_secret() {
        secrets.add("yes");
        secrets.add("");

        assertThat(secrets.strike("yes, and no")).isEqualTo("yes, and no");
    }
}
