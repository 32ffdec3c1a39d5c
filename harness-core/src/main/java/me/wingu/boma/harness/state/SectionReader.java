package me.wingu.boma.harness.state;

import java.util.Map;

/**
 * Makes a value of what collectors printed.
 *
 * @param <T> the value's type
 */
@FunctionalInterface
interface SectionReader<T> {

    /**
     * Reads the value.
     *
     * @param host what messages call the host and the moment
     * @param text the standard output of each of the subject's collectors, by name; a collector that found its tool
     *     missing has no entry
     * @throws Unreadable when the text is not what the tool prints
     */
    T read(String host, Map<String, String> text);

    /** A text that is not what its reader expects. */
    final class Unreadable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unreadable(String expected, String seen) {
            super("expected " + expected + ", but saw: "
                    + (seen.length() > 200 ? seen.substring(0, 200) + "…" : seen));
        }
    }
}
