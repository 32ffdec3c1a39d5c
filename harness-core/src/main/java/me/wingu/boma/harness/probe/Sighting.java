package me.wingu.boma.harness.probe;

import java.time.Instant;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What one probe of a {@link BootWatch} saw.
 *
 * @param sent when the probe was sent, by this machine's clock
 * @param at when it was answered, or given up
 * @param state what it found
 * @param seen what came back, for a person
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Sighting(Instant sent, Instant at, PortState state, String seen) {

    static Sighting of(Trial trial, PortState state) {
        return new Sighting(trial.at(), trial.at().plus(trial.took()), state, trial.seen());
    }
}
