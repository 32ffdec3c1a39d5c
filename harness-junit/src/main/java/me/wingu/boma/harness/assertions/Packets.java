package me.wingu.boma.harness.assertions;

import me.wingu.boma.harness.nftables.proof.Traffic;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Packets as tests list them for a proof: {@code tcp(443)}, or {@code tcp(22).from("198.51.100.10")}. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
@FunctionalInterface
public interface Packets {

    /** Returns the packets as the prover takes them. */
    Traffic traffic();

    /** Returns the same packets, from these addresses or networks only, such as {@code 198.51.100.0/24}. */
    default Packets from(String... addresses) {
        Traffic narrowed = traffic().from(addresses);
        return () -> narrowed;
    }

    /** Returns the same packets, coming in through these interfaces only. */
    default Packets through(String... interfaces) {
        Traffic narrowed = traffic().through(interfaces);
        return () -> narrowed;
    }
}
