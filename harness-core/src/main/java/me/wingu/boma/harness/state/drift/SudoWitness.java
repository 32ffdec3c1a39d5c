package me.wingu.boma.harness.state.drift;

import java.util.stream.Stream;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Subject;
import me.wingu.boma.harness.state.SudoRights;

/** What accounts may run through sudo. */
final class SudoWitness implements Witness<SudoRights> {

    @Override
    public String name() {
        return "sudo rights";
    }

    @Override
    public Subject<SudoRights> subject() {
        return Subject.SUDO;
    }

    @Override
    public Stream<Fact> facts(SudoRights rights, HostState state, HostState other) {
        return rights.byUser().entrySet().stream().flatMap(entry -> entry.getValue().stream()
                .map(rule -> Fact.of(
                        entry.getKey() + " " + rule,
                        InMemory.carrier(rule.source().isBlank() ? "/etc/sudoers" : rule.source(), state))));
    }
}
