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

    private static final String SUDOERS = "/etc/sudoers";

    @Override
    public Subject<SudoRights> subject() {
        return Subject.SUDO;
    }

    @Override
    public Stream<Fact> facts(SudoRights rights, HostState state, HostState other) {
        Stream<Fact> rules = rights.byUser().entrySet().stream().flatMap(entry -> entry.getValue().stream()
                .map(rule -> Fact.of(
                        entry.getKey() + " " + rule,
                        InMemory.carrier(rule.source().isBlank() ? SUDOERS : rule.source(), state))));
        Stream<Fact> settings = rights.withoutPassword().entrySet().stream().flatMap(entry -> entry.getValue().stream()
                .map(setting -> Fact.of(entry.getKey() + " " + setting, InMemory.carrier(SUDOERS, state))));
        return Stream.concat(rules, settings);
    }
}
