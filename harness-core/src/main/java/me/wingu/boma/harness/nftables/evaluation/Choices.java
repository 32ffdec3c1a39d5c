package me.wingu.boma.harness.nftables.evaluation;

import java.util.ArrayList;
import java.util.List;
import me.wingu.boma.harness.nftables.semantics.Condition;

/** Walks through all answers to the unknowns that a packet meets, one combination a run. */
final class Choices {

    private final List<Object> asked = new ArrayList<>(0);
    private final List<Boolean> answers = new ArrayList<>(0);
    private final List<Condition.Unknown> met = new ArrayList<>(0);
    private int position;

    /** Starts another run over the same packet. */
    void rewind() {
        position = 0;
        while (asked.size() > answers.size()) {
            asked.remove(asked.size() - 1);
        }
    }

    boolean decide(Object question, Condition.Unknown unknown) {
        for (int i = 0; i < position; i++) {
            if (asked.get(i).equals(question)) {
                return answers.get(i);
            }
        }
        if (position == answers.size()) {
            asked.add(question);
            answers.add(true);
            met.add(unknown);
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

    /** Returns the unknowns that were met in any run, in the order of the first time. */
    List<Condition.Unknown> met() {
        return met.stream().distinct().toList();
    }
}
