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
    private @Nullable Jump lastJump;

    /** Where a ruling leads. */
    private record Jump(Ruling ruling, CompiledChain target) {}

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

    /** Returns the chain that its ruling leads to; remembered, because most rules lead to one chain only. */
    CompiledChain target(Ruling ruling, CompiledChain from) {
        Jump jump = lastJump; // written and read by several threads at once, which is harmless: it never changes inside
        if (jump == null || !jump.ruling().equals(ruling)) {
            jump = new Jump(ruling, from.sibling(ruling.chain().orElseThrow()));
            lastJump = jump;
        }
        return jump.target();
    }
}
