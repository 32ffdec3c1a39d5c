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
    private final Action[] afterChange;
    private final List<PacketState.TableSet> asked;
    private @Nullable Jump lastJump;

    /** Where a ruling leads. */
    private record Jump(Ruling ruling, CompiledChain target) {}

    /**
     * @param actions what it does
     * @param afterChange what it does with a packet that has changed one of the sets that the rule asks
     */
    CompiledRule(RuleMeaning meaning, List<Action> actions, List<Action> afterChange) {
        this.meaning = meaning;
        this.actions = actions.toArray(Action[]::new);
        this.afterChange = afterChange.toArray(Action[]::new);
        this.asked = meaning.asked().stream()
                .map(set -> new PacketState.TableSet(meaning.id().family(), meaning.id().table(), set))
                .toList();
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
        for (Action action : packet.hasChanged(asked) ? afterChange : actions) {
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
