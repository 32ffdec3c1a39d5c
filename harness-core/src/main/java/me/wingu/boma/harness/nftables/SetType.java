package me.wingu.boma.harness.nftables;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The type of a set's keys or a map's values.
 *
 * @param components the type's names, such as {@code ipv4_addr} and {@code inet_service} for a concatenation; empty
 *     when given by {@code typeof}
 * @param typeof the expression whose type it is, since nft 1.1.2
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record SetType(List<String> components, Optional<Expression> typeof) {

    /** Takes a copy of the components. */
    public SetType {
        components = List.copyOf(components);
    }

    /** Returns the type of a map whose values are verdicts. */
    public boolean isVerdict() {
        return components.equals(List.of("verdict"));
    }
}
