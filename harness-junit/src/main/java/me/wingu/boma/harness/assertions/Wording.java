package me.wingu.boma.harness.assertions;

import java.util.Collection;
import java.util.stream.Collectors;

/** Words what all failures of assertions on a host's state share. */
final class Wording {

    private static final int MOST = 20;

    private Wording() {}

    /** Puts the subject behind the host's name: {@code askari sockets after reboot 1}. */
    static String title(String host, String subject) {
        int space = host.indexOf(' ');
        return space < 0 ? host + " " + subject : host.substring(0, space) + " " + subject + host.substring(space);
    }

    /** The sentence and what was seen instead, one thing a line, at most 20. */
    static String failure(String sentence, Collection<?> seen) {
        if (seen.isEmpty()) {
            return sentence + "\n  seen: nothing";
        }
        String lines = seen.stream().limit(MOST).map(Object::toString).collect(Collectors.joining("\n"));
        String more = seen.size() > MOST ? "\nand " + (seen.size() - MOST) + " more" : "";
        return sentence + "\n  seen: " + (lines + more).replace("\n", "\n        ");
    }

    /** Refuses an assertion that would assert nothing. */
    static void requireSome(Object[] expected, String what) {
        if (expected.length == 0) {
            throw new IllegalArgumentException("Name at least one " + what + ": this assertion would assert nothing.");
        }
    }

    /** Refuses a blank expectation, which everything would meet. */
    static void requireText(String expected, String what) {
        if (expected.isBlank()) {
            throw new IllegalArgumentException("Give a " + what + ": this assertion would assert nothing.");
        }
    }
}
