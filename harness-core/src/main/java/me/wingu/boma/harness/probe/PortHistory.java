package me.wingu.boma.harness.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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

    /** Linux tells an address once in a second, at most, that a port is closed ({@code net.ipv4.icmp_ratelimit}). */
    private static final Duration BETWEEN_REFUSALS = Duration.ofSeconds(2);

    /** Creates a history; keeps a copy of the sightings. */
    public PortHistory {
        sightings = List.copyOf(sightings);
    }

    /**
     * Returns the first sighting and every later one that found another state than the one before it. Silence between two
     * refusals of UDP that are two seconds apart at most is no change: a host refuses only so often.
     */
    public List<Sighting> changes() {
        List<Sighting> changes = new ArrayList<>();
        for (int i = 0; i < sightings.size(); i++) {
            Sighting sighting = sightings.get(i);
            boolean same = !changes.isEmpty() && changes.get(changes.size() - 1).state() == sighting.state();
            if (!same && !isBetweenRefusals(i)) {
                changes.add(sighting);
            }
        }
        return changes;
    }

    private boolean isBetweenRefusals(int index) {
        Optional<Sighting> before = told(IntStream.iterate(index - 1, i -> i >= 0, i -> i - 1));
        Optional<Sighting> after = told(IntStream.range(index + 1, sightings.size()));
        return sightings.get(index).state() == PortState.OPEN_OR_FILTERED
                && before.filter(PortHistory::isRefusal).isPresent()
                && after.filter(PortHistory::isRefusal).isPresent()
                && Duration.between(before.get().at(), after.get().at()).compareTo(BETWEEN_REFUSALS) <= 0;
    }

    private Optional<Sighting> told(IntStream places) {
        return places.mapToObj(sightings::get)
                .filter(sighting -> sighting.state() != PortState.OPEN_OR_FILTERED)
                .findFirst();
    }

    private static boolean isRefusal(Sighting sighting) {
        return sighting.state() == PortState.CLOSED;
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
