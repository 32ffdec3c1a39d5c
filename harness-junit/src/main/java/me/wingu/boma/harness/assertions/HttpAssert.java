package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import me.wingu.boma.harness.probe.HttpAnswer;
import me.wingu.boma.harness.probe.HttpResponse;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/** Assertions on what an HTTP server answered. Each needs an answer. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class HttpAssert extends AbstractAssert<HttpAssert, HttpAnswer> {

    private static final int EXCERPT = 400;

    /** Creates the assertions on one answer. */
    public HttpAssert(HttpAnswer actual) {
        super(actual, HttpAssert.class);
    }

    /**
     * Verifies the status code.
     *
     * <pre>{@code
     * assertThat(vm.http("https://test.example.org/").from("stranger")).hasStatus(200);   // passes
     * assertThat(vm.http("https://test.example.org/no").from("stranger")).hasStatus(200); // fails: 404
     * }</pre>
     */
    public HttpAssert hasStatus(int expected) {
        int status = response().status();
        if (status != expected) {
            fail("Expecting status " + expected + " but it is " + status);
        }
        return this;
    }

    /**
     * Verifies that a header has a value, the header's name in any case.
     *
     * <pre>{@code
     * assertThat(http).hasHeader("server", "Caddy");   // passes
     * assertThat(http).hasHeader("server", "nginx");   // fails
     * }</pre>
     */
    public HttpAssert hasHeader(String name, String value) {
        List<String> values = response().headers().getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        if (!values.contains(value)) {
            fail("Expecting the header " + name + ": " + value + " but "
                    + (values.isEmpty() ? "there is none of this name" : "it is " + values));
        }
        return this;
    }

    /**
     * Verifies that the beginning of the body ({@value HttpResponse#BODY_LIMIT} bytes) contains a text.
     *
     * <pre>{@code
     * assertThat(http).bodyContains("It works");   // passes for a page that says so
     * assertThat(http).bodyContains("Login");      // fails for it
     * }</pre>
     */
    public HttpAssert bodyContains(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an empty text would assert nothing");
        }
        if (!response().body().contains(text)) {
            fail("Expecting the body to contain \"" + text + "\" but it does not");
        }
        return this;
    }

    private HttpResponse response() {
        isNotNull();
        if (actual.response().isEmpty()) {
            failWithMessage("%s", Tried.failure("Expecting an HTTP answer but none came", actual.trial()));
        }
        return actual.response().orElseThrow();
    }

    private void fail(String problem) {
        HttpResponse response = response();
        String headers = response.headers().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(header -> header.getKey() + ": " + String.join(", ", header.getValue()))
                .collect(Collectors.joining("\n"));
        String body = response.body().strip();
        String excerpt = body.length() <= EXCERPT ? body : body.substring(0, EXCERPT) + "…";
        failWithMessage(
                "%s",
                Tried.failure(problem, actual.trial()) + Tried.block("head", headers) + Tried.block("body", excerpt));
    }
}
