package me.wingu.boma.harness.state.drift;

import java.util.stream.Stream;
import me.wingu.boma.harness.state.AptSources;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Subject;

/** Where packages come from. */
final class AptSourcesWitness implements Witness<AptSources> {

    @Override
    public String name() {
        return "APT sources";
    }

    @Override
    public Subject<AptSources> subject() {
        return Subject.APT_SOURCES;
    }

    @Override
    public Stream<Fact> facts(AptSources sources, HostState state, HostState other) {
        return sources.all().stream().map(source -> Fact.of(source.toString(), "/etc/apt/sources.list.d"));
    }
}
