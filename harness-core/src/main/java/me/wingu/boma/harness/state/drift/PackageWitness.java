package me.wingu.boma.harness.state.drift;

import java.util.stream.Stream;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Packages;
import me.wingu.boma.harness.state.Subject;

/** Packages with version and status. */
final class PackageWitness implements Witness<Packages> {

    @Override
    public String name() {
        return "packages";
    }

    @Override
    public Subject<Packages> subject() {
        return Subject.PACKAGES;
    }

    @Override
    public Stream<Fact> facts(Packages packages, HostState state, HostState other) {
        return packages.all().stream()
                .map(one -> Fact.of(one.name() + ":" + one.architecture(), "dpkg")
                        .with("version", one.version())
                        .with("status", one.status()));
    }
}
