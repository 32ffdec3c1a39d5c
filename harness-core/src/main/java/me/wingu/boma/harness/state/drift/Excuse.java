package me.wingu.boma.harness.state.drift;

import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A difference that is expected, with the reason why it is.
 *
 * @param subject the subject of the difference: {@code sockets}
 * @param name a pattern that its whole name matches
 * @param reason why it is right that it differs; shown in reports
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Excuse(String subject, Pattern name, String reason) {

    /**
     * Checks that there is a reason.
     *
     * @throws IllegalArgumentException when the reason is blank
     */
    public Excuse {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("An excuse for " + subject + " \"" + name + "\" needs a reason.");
        }
    }

    /**
     * Returns an excuse.
     *
     * @param subject the subject of the difference
     * @param name a regular expression that its whole name matches
     * @param reason why it is right that it differs
     */
    public static Excuse because(String reason, String subject, String name) {
        return new Excuse(subject, Pattern.compile(name), reason);
    }

    /** Returns whether this excuses the difference. */
    public boolean covers(Difference difference) {
        return difference.kind() != Difference.Kind.UNKNOWN
                && difference.subject().equals(subject)
                && name.matcher(difference.name()).matches();
    }
}
