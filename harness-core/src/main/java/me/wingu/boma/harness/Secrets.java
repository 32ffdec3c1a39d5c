package me.wingu.boma.harness;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The values that must not appear in a log, a report or a run directory, and the pen that strikes them out.
 *
 * <p>A value is struck out as it is, and as JSON, a URL and base64 write it. Values shorter than
 * {@value #SHORTEST} characters are left alone: they are no secrets, and striking them out would make any text
 * unreadable. Safe for use by several threads.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Secrets {

    /** What stands where a secret stood. */
    public static final String MASK = "********";

    private static final int SHORTEST = 4;

    /** The longest first, so that a secret which contains another is struck out whole. */
    private final Set<String> forms = new ConcurrentSkipListSet<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /** Adds a value that must not appear from now on. */
    public void add(String value) {
        String secret = value.strip();
        if (secret.length() < SHORTEST) {
            return;
        }
        forms.add(secret);
        forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
        String url = URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20");
        forms.add(url);
        forms.add(url.replace("%2F", "/")); // a slash may stay as it is, in a path
        forms.add(Base64.getEncoder().withoutPadding().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
        secret.lines().filter(line -> line.strip().length() >= 2 * SHORTEST).forEach(line -> forms.add(line.strip()));
    }

    /** Adds each of the values. */
    public void addAll(Collection<String> values) {
        values.forEach(this::add);
    }

    /** Returns the text with every secret struck out. */
    public String strike(String text) {
        String struck = text;
        for (String form : forms) {
            if (struck.contains(form)) {
                struck = struck.replace(form, MASK);
            }
        }
        return struck;
    }
}
