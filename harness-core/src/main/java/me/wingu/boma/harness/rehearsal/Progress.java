package me.wingu.boma.harness.rehearsal;

import java.time.Duration;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Follows a rehearsal, for people. Methods are called from the thread that rehearses. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public interface Progress {

    /** Follows nothing. */
    Progress SILENT = new Progress() {};

    /**
     * A step begins.
     *
     * @param host the rehearsed host
     * @param step the step's name, such as {@code up}
     */
    default void stepStarted(String host, String step) {}

    /**
     * Something worth a line happened inside a step.
     *
     * @param line what happened
     */
    default void said(String line) {}

    /**
     * More of a download arrived; called often.
     *
     * @param bytes how much of the file is here
     * @param totalBytes the file's length; 0 when it is not known
     */
    default void transferred(long bytes, long totalBytes) {}

    /**
     * A step ended.
     *
     * @param host the rehearsed host
     * @param step the step's name
     * @param took how long it took
     * @param passed whether it did what it should
     * @param detail one line of what it found; may be empty
     */
    default void stepEnded(String host, String step, Duration took, boolean passed, String detail) {}

    /**
     * A test of a rehearsed host begins.
     *
     * @param host the rehearsed host
     * @param test the test's name
     */
    default void testStarted(String host, String test) {}

    /**
     * A test of a rehearsed host ended.
     *
     * @param host the rehearsed host
     * @param test the test's name
     * @param took how long it took
     * @param passed whether it passed, or was given up for want of its assumption
     */
    default void testEnded(String host, String test, Duration took, boolean passed) {}
}
