package me.wingu.boma.harness.probe;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What an HTTP server answered; redirects are answers, and are not followed.
 *
 * @param status the status code, 100 to 599
 * @param reason the reason phrase; empty when the server sent none
 * @param headers the header fields by lower-case name, each with its values in the order sent
 * @param body the beginning of the body as text, at most {@value #BODY_LIMIT} bytes of it
 * @param tls what the server presented; empty for plain HTTP
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record HttpResponse(
        int status, String reason, Map<String, List<String>> headers, String body, Optional<TlsSession> tls) {

    /** How many bytes of a body are kept. */
    public static final int BODY_LIMIT = 65_536;

    /** Creates a response; keeps a copy of the headers. */
    public HttpResponse {
        headers = Map.copyOf(headers);
    }

    /** Returns the first value of a header, its name in any case. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }
}
