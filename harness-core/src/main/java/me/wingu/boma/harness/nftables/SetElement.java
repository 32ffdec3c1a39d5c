package me.wingu.boma.harness.nftables;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * One element of a set or map.
 *
 * @param key the key: a value, prefix, range, concatenation, or the catch-all {@code *}
 * @param data the value of a map's element; a verdict is an {@link Expression.VerdictValue}
 * @param expires whether it has a time-out of its own
 * @param statements statements that run when it is hit, such as a counter or a limit
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record SetElement(Expression key, Optional<Expression> data, boolean expires, List<Statement> statements) {

    /** Takes a copy of the statements. */
    public SetElement {
        statements = List.copyOf(statements);
    }
}
