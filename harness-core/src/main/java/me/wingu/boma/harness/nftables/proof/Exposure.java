package me.wingu.boma.harness.nftables.proof;

import java.util.List;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * One thing that a network can reach.
 *
 * @param version 4 or 6
 * @param protocol such as {@code tcp}, {@code icmpv6} or {@code protocol 47}
 * @param numbers the ports, or the ICMP message types, in ascending ranges such as {@code 80} and {@code 6000-6010};
 *     empty for a protocol that has none
 * @param sources who can reach it, as addresses, prefixes and ranges; {@code any} when everybody in the network can
 * @param certain whether it is reachable for sure; otherwise it depends on something that the ruleset does not tell
 * @param example one packet that gets through, or may
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Exposure(
        int version, String protocol, List<String> numbers, List<String> sources, boolean certain, Packet example) {

    /** Takes copies. */
    public Exposure {
        numbers = List.copyOf(numbers);
        sources = List.copyOf(sources);
    }
}
