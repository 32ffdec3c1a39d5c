package me.wingu.boma.harness.nftables.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import me.wingu.boma.harness.nftables.semantics.Condition;

/** Walks through all answers to the unknowns that a packet meets, one combination a run. */
final class Choices {

    private final List<Object> asked = new ArrayList<>(0);
    private final List<Boolean> answers = new ArrayList<>(0);
    private Set<Condition.Unknown> met = Set.of();
    private int position;

    /** Starts another run over the same packet. */
    void rewind() {
        position = 0;
        while (asked.size() > answers.size()) {
            asked.remove(asked.size() - 1);
        }
    }

    boolean decide(Object question, Condition.Unknown unknown) {
        if (met.isEmpty()) {
            met = new LinkedHashSet<>();
        }
        met.add(unknown);
        for (int i = 0; i < position; i++) {
            if (asked.get(i).equals(question)) {
                return answers.get(i);
            }
        }
        if (position == answers.size()) {
            asked.add(question);
            answers.add(true);
        }
        return answers.get(position++);
    }

    /** Turns to the next combination; false when there is none. */
    boolean next() {
        while (!answers.isEmpty()) {
            int last = answers.size() - 1;
            if (answers.get(last)) {
                answers.set(last, false);
                return true;
            }
            answers.remove(last);
            asked.remove(last);
        }
        return false;
    }

    Set<Condition.Unknown> met() {
        return met;
    }

    Optional<Condition.Unknown> first() {
        return met.stream().findFirst();
    }
}
