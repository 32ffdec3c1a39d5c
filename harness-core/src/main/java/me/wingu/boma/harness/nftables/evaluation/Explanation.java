package me.wingu.boma.harness.nftables.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import me.wingu.boma.harness.nftables.semantics.RuleMeaning;

/** Tells why a packet met its verdict, as a colleague would. */
final class Explanation {

    private static final int EARLIER_RULES = 12;

    private final Evaluation evaluation;

    Explanation(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    String text() {
        List<String> lines = new ArrayList<>();
        Outcome outcome = evaluation.outcome();
        lines.add(evaluation.packet() + ": " + evaluation.verdict().toString().toUpperCase(Locale.ROOT));
        lines.add("  way: " + outcome.path().stream().map(Hook::keyword).collect(Collectors.joining(" -> ")));
        if (!outcome.last().destination().equals(evaluation.packet().destination())
                || !outcome.last().source().equals(evaluation.packet().source())) {
            lines.add("  translated to: " + outcome.last());
        }
        outcome.decisive().ifPresentOrElse(
                event -> decided(lines, event), () -> lines.add("  no chain sees it, and without a chain it is accepted"));
        outcome.notes().forEach(note -> lines.add("  note: " + note));
        if (evaluation.verdict() == Answer.UNKNOWN) {
            evaluation.unknowns().forEach(unknown ->
                    lines.add("  cannot be told: " + unknown.reason() + " (" + unknown.rule() + ")"));
        }
        evaluation.otherOrder().ifPresent(other -> lines.add("  warning: chains of equal priority may run in either "
                + "order, and in the other order the verdict is " + other.verdict()));
        return String.join("\n", lines);
    }

    private void decided(List<String> lines, TraceEvent event) {
        lines.add("  decided by: " + event);
        List<TraceEvent> before = evaluation.outcome().trace();
        for (TraceEvent passed : before.subList(0, before.size() - 1)) {
            lines.add("  matched on the way: " + passed);
        }
        Optional<RuleMeaning> rule = event.rule();
        List<String> misses = new Misses(evaluation).before(event.chain(), rule);
        misses.stream().limit(EARLIER_RULES).forEach(miss -> lines.add("  did not match: " + miss));
        if (misses.size() > EARLIER_RULES) {
            lines.add("  … and " + (misses.size() - EARLIER_RULES) + " more rules of " + event.chain());
        }
    }
}
