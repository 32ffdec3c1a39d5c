package me.wingu.boma.harness.profile;

import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A fault that the health check after each boot shall not hold against this host.
 *
 * @param subject what the fault shows on: a failed unit, or a line of the console
 * @param pattern the unit's full name, such as {@code apt-news.service}; of a console line, a regular expression that
 *     is found in it
 * @param reason why the fault is accepted, for the report
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record KnownFault(Subject subject, String pattern, String reason) {

    /** What a fault shows on. */
    public enum Subject {
        /** A unit in state {@code failed}. */
        UNIT,
        /** A line of the serial console. */
        CONSOLE
    }

    /** Returns whether this exception covers a failed unit of that name. */
    public boolean coversUnit(String unit) {
        return subject == Subject.UNIT && pattern.equals(unit);
    }

    /** Returns whether this exception covers that line of the console. */
    public boolean coversConsoleLine(String line) {
        return subject == Subject.CONSOLE && Pattern.compile(pattern).matcher(line).find();
    }
}
