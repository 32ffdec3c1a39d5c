package me.wingu.boma.harness.probe;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What was seen of one service over time.
 *
 * @param service the service
 * @param sightings every probe, in order
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record PortHistory(Service service, List<Sighting> sightings) {

    /** Creates a history; keeps a copy of the sightings. */
    public PortHistory {
        sightings = List.copyOf(sightings);
    }

    /** Returns the first sighting and every later one that found another state than the one before it. */
    public List<Sighting> changes() {
        List<Sighting> changes = new ArrayList<>();
        for (Sighting sighting : sightings) {
            if (changes.isEmpty() || changes.get(changes.size() - 1).state() != sighting.state()) {
                changes.add(sighting);
            }
        }
        return changes;
    }

    /** Returns the first probe sent at or after a moment that found the service open. */
    public Optional<Sighting> firstOpen(Instant since) {
        return since(since).stream()
                .filter(sighting -> sighting.state() == PortState.OPEN)
                .findFirst();
    }

    /**
     * Returns whether a probe sent at or after a moment and answered before another one got an answer: the service's,
     * or the refusal of a host that lets packets in where nothing listens.
     */
    public boolean wasReachable(Instant since, Instant before) {
        return since(since).stream()
                .anyMatch(sighting -> sighting.at().isBefore(before)
                        && (sighting.state() == PortState.OPEN || sighting.state() == PortState.CLOSED));
    }

    /**
     * Returns whether silence is all that was ever met, which does not tell an open UDP port from a filtered one. A service whose
     * protocol the probe speaks would have answered.
     */
    public boolean staysSilent() {
        return !Payloads.areKnownFor(service) && sightings.stream().allMatch(s -> s.state() == PortState.OPEN_OR_FILTERED);
    }

    /** Returns whether a probe was sent at or after a moment and before another one. */
    public boolean wasLookedAt(Instant since, Instant before) {
        return since(since).stream().anyMatch(sighting -> sighting.sent().isBefore(before));
    }

    private List<Sighting> since(Instant moment) {
        return sightings.stream()
                .filter(sighting -> !sighting.sent().isBefore(moment))
                .toList();
    }
}
