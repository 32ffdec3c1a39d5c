package me.wingu.boma.harness.nftables.proof;

import java.util.Collection;
import java.util.List;
import me.wingu.boma.harness.nftables.IpAddress;

/**
 * Everything that somebody who asks names.
 *
 * @param arrivals where packets come from
 * @param traffic what they are
 * @param destinations where they shall go
 */
record Question(List<Arrivals> arrivals, Collection<Traffic> traffic, List<IpAddress> destinations) {

    static Question about(Arrivals arrivals, Collection<Traffic> traffic) {
        return new Question(List.of(arrivals), traffic, List.of());
    }

    static Question about(Arrivals... arrivals) {
        return new Question(List.of(arrivals), List.of(), List.of());
    }

    /** Returns the same question, going to this address. */
    Question to(IpAddress destination) {
        return new Question(arrivals, traffic, List.of(destination));
    }
}
