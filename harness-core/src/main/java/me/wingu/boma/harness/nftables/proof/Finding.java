package me.wingu.boma.harness.nftables.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import me.wingu.boma.harness.nftables.evaluation.Evaluation;
import me.wingu.boma.harness.nftables.semantics.Condition;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What was found about a property of all packets.
 *
 * @param kind proved, refuted or unknown; only proved counts as passed
 * @param property the property in words, with what is assumed about the connection's state
 * @param assumptions what else was assumed
 * @param example what happens to one packet that breaks the property, or, when that is unknown, may break it
 * @param doubts the unknowns that stand in the way, each with its rule; empty unless unknown
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Finding(
        Kind kind,
        String property,
        List<String> assumptions,
        Optional<Evaluation> example,
        List<Condition.Unknown> doubts) {

    /** How it can come out. */
    public enum Kind {
        /** It holds for every packet, whatever the ruleset leaves open. */
        PROVED,
        /** It does not hold for the example, whatever the ruleset leaves open. */
        REFUTED,
        /** It depends on something that the ruleset does not tell. */
        UNKNOWN
    }

    /** Takes copies. */
    public Finding {
        assumptions = List.copyOf(assumptions);
        doubts = List.copyOf(doubts);
    }

    /** Returns whether it was proved. */
    public boolean proved() {
        return kind == Kind.PROVED;
    }

    /** Returns all of it in words, over several lines; the first one says how it came out. */
    public String describe() {
        List<String> lines = new ArrayList<>();
        lines.add(kind + ": " + property);
        assumptions.forEach(assumption -> lines.add("  assumed: " + assumption));
        doubts.forEach(doubt -> lines.add("  depends on: " + doubt.reason() + " (" + doubt.rule() + ")"));
        example.ifPresent(evaluation -> lines.add(
                evaluation.explain().lines().map(line -> "  " + line).collect(Collectors.joining("\n"))));
        return String.join("\n", lines);
    }
}
