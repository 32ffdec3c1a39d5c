package me.wingu.boma.harness.nftables.evaluation;

import java.util.List;
import me.wingu.boma.harness.nftables.semantics.RuleMeaning;
import me.wingu.boma.harness.nftables.semantics.Ruling;
import org.jspecify.annotations.Nullable;

/** A rule made ready to run. */
final class CompiledRule {

    static final Ruling CONTINUE = Ruling.of(Ruling.Kind.CONTINUE);

    private final RuleMeaning meaning;
    private final Action[] actions;

    CompiledRule(RuleMeaning meaning, List<Action> actions) {
        this.meaning = meaning;
        this.actions = actions.toArray(Action[]::new);
    }

    RuleMeaning meaning() {
        return meaning;
    }

    /** One step made ready to run. */
    interface Action {

        /** Returns the ruling; CONTINUE goes on with the next step, null ends the rule without one. */
        @Nullable Ruling run(PacketState packet);
    }

    /** Returns the ruling, CONTINUE when the rule matched without one, null when it did not match. */
    @Nullable Ruling run(PacketState packet) {
        for (Action action : actions) {
            Ruling ruling = action.run(packet);
            if (ruling == null) {
                return null;
            } else if (ruling.kind() != Ruling.Kind.CONTINUE) {
                return ruling;
            }
        }
        return CONTINUE;
    }
}
