package me.wingu.boma.harness.apply;

import java.time.Duration;
import java.util.Locale;
import org.apiguardian.api.API;

/**
 * One task of a playbook, as it ran.
 *
 * @param name the task's name, with its role's in front
 * @param path the file and line where it stands
 * @param status how it ended
 * @param message what it said when it failed; empty otherwise, and censored when the task is marked {@code no_log}
 * @param took from its start to its end
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record TaskRun(String name, String path, Status status, String message, Duration took) {

    /** How a task ends. */
    public enum Status {
        /** Nothing was to be done. */
        OK,
        /** The host was changed. */
        CHANGED,
        /** A condition left the task out. */
        SKIPPED,
        /** The task failed, and the playbook goes on regardless. */
        IGNORED,
        /** The task failed. */
        FAILED,
        /** The host did not answer. */
        UNREACHABLE;

        static Status of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** Returns the task as one line: its name and where it stands. */
    public String shown() {
        return path.isEmpty() ? name : name + " (" + path + ")";
    }
}
