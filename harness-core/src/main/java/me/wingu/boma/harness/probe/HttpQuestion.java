package me.wingu.boma.harness.probe;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import me.wingu.boma.harness.HarnessException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request; its URL's host name becomes the {@code Host} header and the SNI, and is never resolved.
 *
 * @param method the method, such as {@code GET}
 * @param url an absolute {@code http} or {@code https} URL
 * @param headers further headers, by name
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record HttpQuestion(String method, URI url, Map<String, String> headers) {

    /**
     * Creates a request.
     *
     * @throws HarnessException when the URL has another scheme than {@code http} and {@code https}, or no host
     */
    public HttpQuestion {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null) {
            throw unusable(url.toString(), null);
        }
        headers = Map.copyOf(headers);
    }

    /**
     * Returns a GET request.
     *
     * @param url an absolute {@code http} or {@code https} URL
     * @throws HarnessException when the text is no such URL
     */
    public static HttpQuestion get(String url) {
        try {
            return new HttpQuestion("GET", URI.create(url), Map.of());
        } catch (IllegalArgumentException malformed) {
            throw unusable(url, malformed);
        }
    }

    /** Returns this request with one more header, or another value for it; {@code Host} may be set too. */
    public HttpQuestion withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpQuestion(method, url, more);
    }

    /** Returns the TCP port that the URL means: its own, or 80 or 443. */
    public int port() {
        return url.getPort() > 0 ? url.getPort() : isSecure() ? 443 : 80;
    }

    /** The request target: path and query as written, at least a slash (RFC 9112, section 3.2.1). */
    String target() {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    boolean isSecure() {
        return url.getScheme().equalsIgnoreCase("https");
    }

    private static HarnessException unusable(String url, @Nullable Exception cause) {
        return new HarnessException(
                HarnessException.Kind.USAGE,
                "\"" + url + "\" cannot be asked over HTTP.",
                "",
                "give an absolute URL, such as https://test.example.org/",
                cause);
    }
}
