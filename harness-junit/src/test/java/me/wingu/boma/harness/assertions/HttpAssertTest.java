package me.wingu.boma.harness.assertions;

import static me.wingu.boma.harness.assertions.BomaAssertions.assertThat;
import static me.wingu.boma.harness.assertions.BomaAssertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.wingu.boma.harness.probe.HttpAnswer;
import me.wingu.boma.harness.probe.HttpQuestion;
import me.wingu.boma.harness.probe.HttpResponse;
import org.junit.jupiter.api.Test;

class HttpAssertTest {

    private static final HttpQuestion QUESTION = HttpQuestion.get("https://test.example.org/");

    private final HttpAnswer answer = new HttpAnswer(
            QUESTION,
            Optional.of(new HttpResponse(
                    502, "Bad Gateway", Map.of("server", List.of("Caddy"), "a", List.of("1", "2")), "no\nupstream\n",
                    Optional.empty())),
            Findings.trial("GET https://test.example.org/ at 198.51.100.20:443", "502 Bad Gateway"));

    @Test
    void should_pass_for_what_was_answered() {
        assertThat(answer).hasStatus(502).hasHeader("Server", "Caddy").hasHeader("a", "2").bodyContains("upstream");
    }

    @Test
    void should_show_the_answer_when_it_fails() {
        assertThatThrownBy(() -> assertThat(answer).hasStatus(200))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        """
                        Expecting status 200 but it is 502
                          tried: GET https://test.example.org/ at 198.51.100.20:443
                          from:  stranger (198.51.100.7)
                          took:  7004 ms, 2 tries
                          seen:  502 Bad Gateway
                          head:  a: 1, 2
                                 server: Caddy
                          body:  no
                                 upstream""");
        assertThatThrownBy(() -> assertThat(answer).hasHeader("server", "nginx"))
                .hasMessageStartingWith("Expecting the header server: nginx but it is [Caddy]\n");
        assertThatThrownBy(() -> assertThat(answer).hasHeader("location", "/"))
                .hasMessageStartingWith("Expecting the header location: / but there is none of this name\n");
        assertThatThrownBy(() -> assertThat(answer).bodyContains("welcome"))
                .hasMessageStartingWith("Expecting the body to contain \"welcome\" but it does not\n");
    }

    @Test
    void should_fail_without_an_answer() {
        HttpAnswer none = new HttpAnswer(QUESTION, Optional.empty(), Findings.trial("GET", "connection refused"));

        assertThatThrownBy(() -> assertThat(none).hasStatus(200))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Expecting an HTTP answer but none came\n")
                .hasMessageEndingWith("seen:  connection refused");
    }

    @Test
    void should_not_assert_nothing() {
        assertThatThrownBy(() -> assertThat(answer).bodyContains("")).isInstanceOf(IllegalArgumentException.class);
    }
}
