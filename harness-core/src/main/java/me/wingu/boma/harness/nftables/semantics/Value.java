package me.wingu.boma.harness.nftables.semantics;

import java.math.BigInteger;
import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** What a rule writes into a field. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public sealed interface Value {

    /** Always the same number. */
    record Constant(BigInteger number) implements Value {}

    /** {@code ((source << shift) & and) ^ xor}; a negative shift goes right. */
    record Computed(Field source, int shift, BigInteger and, BigInteger xor) implements Value {}

    /** The value of the first case whose condition holds; a guard before it made sure that there is one. */
    record Selected(List<Case> cases) implements Value {
        /** Takes a copy. */
        public Selected {
            cases = List.copyOf(cases);
        }
    }

    /** A number that the ruleset does not tell. */
    record Unpredictable(Condition.Unknown unknown) implements Value {}

    /**
     * One case of a selection.
     *
     * @param when its condition
     * @param value its value
     */
    record Case(Condition when, Value value) {}
}
