package me.wingu.boma.harness.state;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What one collector of the script left behind.
 *
 * @param name the collector's name
 * @param exitStatus its exit status; {@link #TOOL_MISSING} when the host lacks the tool
 * @param took the time between its start and its end on the host, to 10 ms
 * @param text its standard output
 * @param complaint its standard error
 */
record Section(String name, int exitStatus, Duration took, String text, String complaint) {

    /** The exit status by which a collector says that the host has no such tool ({@code EX_UNAVAILABLE}). */
    static final int TOOL_MISSING = 69;

    /** The most bytes that the script passes on of one collector's output. */
    static final int LIMIT = 4 << 20;

    /** Returns whether the script cut the text off. */
    boolean isTruncated() {
        return text.length() >= LIMIT / 4 && text.getBytes(StandardCharsets.UTF_8).length >= LIMIT;
    }

    String complaintOrStatus() {
        return complaint.isBlank() ? "exit status " + exitStatus : complaint;
    }
}
