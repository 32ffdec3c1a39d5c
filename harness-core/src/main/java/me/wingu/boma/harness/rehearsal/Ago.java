package me.wingu.boma.harness.rehearsal;

import java.time.Duration;
import java.time.Instant;

/** Says how long ago something was, as a person does. */
final class Ago {

    private Ago() {}

    static String of(Instant moment) {
        Duration passed = Duration.between(moment, Instant.now());
        if (passed.toMinutes() < 2) {
            return passed.toSeconds() + " s ago";
        }
        if (passed.toHours() < 2) {
            return passed.toMinutes() + " min ago";
        }
        return passed.toDays() < 2 ? passed.toHours() + " h ago" : passed.toDays() + " days ago";
    }
}
